"""From the bytes of a stored tensor to a dense tensor of its own memory."""

from typing import List

import torch
from torch import Tensor


def item_size(stored: str) -> int:
    if stored == "F32":
        return 4
    if stored == "F16" or stored == "BF16":
        return 2
    if stored == "I8":
        return 1
    raise ValueError("Stored type " + stored + " is not supported; store the tensor as F32, F16, BF16 or I8.")


def reinterpret(raw: Tensor, stored: str, shape: List[int]) -> Tensor:
    """A copy of the bytes seen as the stored type. Always a copy: the mapped file may go away while weights live."""
    size = item_size(stored)
    count = 1
    for n in shape:
        count *= n
    if raw.dtype != torch.uint8 or raw.dim() != 1 or raw.numel() != count * size:
        raise ValueError(
            "A tensor of shape " + str(shape) + " stored as " + stored + " needs " + str(count * size)
            + " bytes (uint8, one dimension), but " + str(raw.numel()) + " elements were given."
        )
    # A reinterpreting view needs an offset in whole items; a fresh copy starts at zero.
    data = raw if raw.storage_offset() % size == 0 and raw.is_contiguous() else raw.clone()
    if stored == "F32":
        return torch.ops.aten.view_copy(data, dtype=torch.float32).view(shape)
    if stored == "F16":
        return torch.ops.aten.view_copy(data, dtype=torch.float16).view(shape)
    if stored == "BF16":
        return torch.ops.aten.view_copy(data, dtype=torch.bfloat16).view(shape)
    return torch.ops.aten.view_copy(data, dtype=torch.int8).view(shape)


def dequantize(stored: Tensor, scale: Tensor) -> Tensor:
    """float32 values; int8 rows times their scale."""
    dense = stored.to(torch.float32)
    if stored.dtype == torch.int8:
        if scale.numel() != stored.size(0):
            raise ValueError(
                "An I8 tensor of " + str(stored.size(0)) + " rows needs as many scales, but "
                + str(scale.numel()) + " were given."
            )
        dense = dense * scale.to(torch.float32).view([-1] + [1] * (stored.dim() - 1))
    return dense


def compute_dtype(compute: str) -> torch.dtype:
    if compute == "fp32":
        return torch.float32
    if compute == "fp16":
        return torch.float16
    if compute == "bf16" or compute == "bf16-int8" or compute == "bf16-int4":
        return torch.bfloat16
    raise ValueError("Compute kind " + compute + " is unknown; use fp32, bf16, fp16, bf16-int8 or bf16-int4.")
