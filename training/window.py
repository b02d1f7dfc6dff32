"""Window attention for training in three ways with one result: query i sees keys i - window + 1 .. i.

`make(kind, length, window, device)` gives the pair (attend, mask); attend(q, k, v, mask) takes [rows, heads, T, D].
"""

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.attention.flex_attention import create_block_mask, flex_attention


def _widen(q: Tensor, x: Tensor) -> Tensor:
    # Grouped heads are repeated, not left to the kernels: not every kernel takes a group of 3.
    return x.repeat_interleave(q.shape[1] // x.shape[1], dim=1)


def masked(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """Explicit mask: the reference, for tests and for training on a CPU."""
    return F.scaled_dot_product_attention(q, _widen(q, k), _widen(q, v), attn_mask=mask)


def flex(q: Tensor, k: Tensor, v: Tensor, mask) -> Tensor:
    """One static block mask; must run inside a compiled block, else it computes the whole square."""
    return flex_attention(q, _widen(q, k), _widen(q, v), block_mask=mask)


def flash(q: Tensor, k: Tensor, v: Tensor, mask: int) -> Tensor:
    """The flash kernel's own window: CUDA and 16 bits only."""
    q, k, v = (x.transpose(1, 2) for x in (q, _widen(q, k), _widen(q, v)))
    return torch.ops.aten._flash_attention_forward(
        q, k, v, None, None, q.shape[1], q.shape[1], 0.0, True, False,
        window_size_left=mask - 1, window_size_right=0)[0].transpose(1, 2)


def make(kind: str, length: int, window: int, device):
    if kind == "masked":
        i = torch.arange(length, device=device)
        return masked, (i[:, None] >= i) & (i[:, None] - i < window)
    if kind == "flex":
        def visible(row, head, i, j):
            return (i >= j) & (i - j < window)
        return flex, create_block_mask(visible, None, None, length, length, device=device)
    if kind == "flash":
        return flash, window
    raise ValueError(f"attention {kind!r} is unknown: use masked, flex or flash")
