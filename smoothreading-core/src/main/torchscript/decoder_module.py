"""What every decoder file has: its origin, and the choice of the next token."""

from typing import List, Tuple

import torch
from torch import Tensor


class DecoderModule(torch.nn.Module):
    """A variant says how a linear is prepared and computed."""

    def __init__(self, digest: str, variant: str):
        super().__init__()
        self.source_digest = digest
        self.variant_name = variant

    @torch.jit.export
    def digest(self) -> str:
        """SHA-256 of the source this file was built from (README)."""
        return self.source_digest

    @torch.jit.export
    def variant(self) -> str:
        return self.variant_name

    def linear(self, x: Tensor, weights: List[Tensor], index: int, bias: Tensor) -> Tensor:
        raise NotImplementedError

    def head(self, states: Tensor, weights: List[Tensor]) -> Tensor:
        """float32 logits; the embedding serves where the model has no head of its own."""
        last = len(weights) // 4 - 1
        own = weights[4 * last].numel() + weights[4 * last + 1].numel() + weights[4 * last + 2].numel() > 0
        none = torch.empty([0], dtype=states.dtype, device=states.device)
        return self.linear(states, weights, last if own else 0, none).to(torch.float32)

    def choose(self, states: Tensor, weights: List[Tensor], count: int,
               probes: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        """For the first `count` states: best next id, log-probabilities of the probes, margin of best to second."""
        device = states.device
        ids = torch.empty([count], dtype=torch.int64, device=device)
        probabilities = torch.empty([count, probes.numel()], dtype=torch.float32, device=device)
        margin = torch.empty([count], dtype=torch.float32, device=device)
        probed = probes.to(device)
        # In pieces, so that memory stays bounded: a row of logits is 200 kB at 49,152 tokens.
        piece = 1024 if states.is_cuda else 64
        done = 0
        while done < count:
            n = min(piece, count - done)
            logits = self.head(states.narrow(0, done, n), weights)
            best, id = logits.max(-1, True)
            if probes.numel() > 0:
                picked = logits.index_select(1, probed) - torch.logsumexp(logits, [1], True)
                probabilities.narrow(0, done, n).copy_(picked)
            second = logits.scatter_(1, id, float("-inf")).amax([1])
            ids.narrow(0, done, n).copy_(id.squeeze(1))
            margin.narrow(0, done, n).copy_(best.squeeze(1) - second)
            done += n
        return ids, probabilities, margin
