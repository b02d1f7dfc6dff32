"""Rotary position embedding with angles in float64 from absolute positions.

A float32 angle loses about pos * 2^-24 radians, which shows after some ten thousand tokens; a reading may have millions.
"""

from typing import List, Tuple

import torch
from torch import Tensor


def rope_frequencies(hyper: List[float], head_dim: int) -> Tensor:
    """Inverse frequencies, float64 [head_dim / 2]. hyper[3:] is the scaling: see README."""
    exponent = torch.arange(0, head_dim, 2, dtype=torch.float64) / float(head_dim)
    inverse = torch.pow(torch.full([1], hyper[0], dtype=torch.float64), -exponent)
    if len(hyper) > 3 and hyper[3] > 0.0:
        factor = hyper[3]
        if len(hyper) > 6 and hyper[6] > 0.0:
            # llama3: long wavelengths are stretched, short ones kept, those between blended.
            low, high, original = hyper[4], hyper[5], hyper[6]
            turns = original * inverse / (2.0 * 3.141592653589793)
            smooth = ((turns - low) / (high - low)).clamp(0.0, 1.0)
            inverse = (1.0 - smooth) * inverse / factor + smooth * inverse
        else:
            inverse = inverse / factor
    return inverse


def rope_tables(hyper: List[float], head_dim: int, table: List[List[int]]) -> Tuple[Tensor, Tensor]:
    """cos and sign-folded sin for all packed tokens: float32 [N, 1, head_dim], on the CPU.

    sin carries the minus of rotate_half in its first half, so that a rotation is x * cos + roll(x) * sin.
    """
    positions: List[Tensor] = []
    for row in table:
        positions.append(torch.arange(row[2], row[2] + row[0], dtype=torch.int64))
    position = torch.cat(positions).to(torch.float64)
    angle = torch.outer(position, rope_frequencies(hyper, head_dim))
    cos, sin = torch.cos(angle), torch.sin(angle)
    cosine = torch.cat([cos, cos], dim=-1).to(torch.float32).unsqueeze(1)
    sine = torch.cat([-sin, sin], dim=-1).to(torch.float32).unsqueeze(1)
    return cosine, sine


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """x [N, heads, head_dim] in any dtype; the result is float32."""
    half = x.size(-1) // 2
    return torch.addcmul(x * cosine, x.roll([half], [-1]), sine)
