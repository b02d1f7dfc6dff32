"""RWKV-7's memory: one matrix S per head, S[value, key], changed by every token and read behind it.

With r receptance, d decay, k key, v value, a the key to erase (-kk) and b what stands in its place (kk * rate):

    S' = S (diag(d) + a b^T) + v k^T,   y = S' r

`one_token` does just that. `many_tokens` gives the same for whole blocks by matrix products. Inside a block, with G the
running sum of log d, every pair of tokens (t, s) needs a product of decays e^(G_t - G_s); splitting it into a factor
for t and one for s makes matrices of all pairs (R = r e^G, A = a e^(G - log d), K = k e^-G, B = b e^-G). What each
token erases depends on the tokens before it, U = A S^T + tril(A K^T) V + tril(A B^T) U: a triangular system, solved
once for the part with S and once for the rest. A block is then one linear map of S,

    S' = S T + Z,   y = S Q + P (as rows)

so that only S T + Z runs block after block. e^-G stays below e^(0.607 * length): fine in fp32 up to 128 tokens, and
never to be computed in 16 bits. The system is solved by substitution: inverting it by repeated squaring fails in fp32
when keys are alike.
"""

from typing import List, Tuple

import torch
from torch import Tensor


def one_token(state: Tensor, r: Tensor, log_decay: Tensor, k: Tensor, v: Tensor, a: Tensor,
              b: Tensor) -> Tuple[Tensor, Tensor]:
    """state [.., H, N, N], the others [.., H, N]; the new state and y [.., H, N]."""
    erased = torch.matmul(state, a.unsqueeze(-1))
    new = torch.addcmul(state * torch.exp(log_decay).unsqueeze(-2), erased, b.unsqueeze(-2))
    new = torch.addcmul(new, v.unsqueeze(-1), k.unsqueeze(-2))
    return new, torch.matmul(new, r.unsqueeze(-1)).squeeze(-1)


def block_maps(r: Tensor, log_decay: Tensor, k: Tensor, v: Tensor, a: Tensor, b: Tensor) -> List[Tensor]:
    """All of blocks [.., n, N], fp32: Q [.., n, N], P [.., n, N], T [.., N, N], Z [.., N, N]."""
    total = torch.cumsum(log_decay, -2)
    last = total.narrow(-2, total.size(-2) - 1, 1)
    grown, shrunk = torch.exp(total), torch.exp(-total)
    left = torch.cat([r * grown, a * torch.exp(total - log_decay)], -2)
    right = torch.cat([k * shrunk, b * shrunk], -2).transpose(-1, -2)
    # One product holds all four kinds of pairs.
    pairs = torch.matmul(left, right)
    n = r.size(-2)
    above, below = pairs.narrow(-2, 0, n), pairs.narrow(-2, n, n)
    read_keys, read_erased = torch.tril(above.narrow(-1, 0, n)), torch.tril(above.narrow(-1, n, n))
    erase_keys, erase_erased = torch.tril(below.narrow(-1, 0, n), -1), torch.tril(below.narrow(-1, n, n), -1)
    known = torch.cat([left.narrow(-2, n, n), torch.matmul(erase_keys, v)], -1)
    solved = torch.linalg.solve_triangular(-erase_erased, known, upper=False, unitriangular=True)
    size = r.size(-1)
    reading = torch.matmul(read_erased, solved)
    q = left.narrow(-2, 0, n) + reading.narrow(-1, 0, size)
    p = torch.matmul(read_keys, v) + reading.narrow(-1, size, size)
    ahead = torch.exp(last - total)
    moved = torch.matmul(solved.transpose(-1, -2), b * ahead)
    t = moved.narrow(-2, 0, size) + torch.diag_embed(torch.exp(last.squeeze(-2)))
    z = moved.narrow(-2, size, size) + torch.matmul(v.transpose(-1, -2), k * ahead)
    return [q, p, t, z]


def many_tokens(state: Tensor, r: Tensor, log_decay: Tensor, k: Tensor, v: Tensor, a: Tensor, b: Tensor,
                length: int) -> Tuple[Tensor, Tensor]:
    """state [.., H, N, N], the others [.., H, n, N]; the new state and y [.., H, n, N]: a plain form of what the
    decoder does for ragged rows, for training and tests."""
    results: List[Tensor] = []
    done = 0
    while done < r.size(-2):
        n = min(length, r.size(-2) - done)
        maps = block_maps(r.narrow(-2, done, n), log_decay.narrow(-2, done, n), k.narrow(-2, done, n),
                          v.narrow(-2, done, n), a.narrow(-2, done, n), b.narrow(-2, done, n))
        results.append(torch.matmul(maps[0], state.transpose(-1, -2)) + maps[1])
        state = torch.matmul(state, maps[2]) + maps[3]
        done += n
    return state, torch.cat(results, -2)
