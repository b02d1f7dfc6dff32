"""Memory of a state: made, copied, and turned into bytes here, because callers may not know the number type."""

from typing import List

import torch
from torch import Tensor

from weights import compute_dtype


class StateMemory(torch.nn.Module):
    """Buffers are [layers, KV, slots, D]."""

    @torch.jit.export
    def allocate(self, shape: List[int], compute: str, device: str) -> Tensor:
        return torch.zeros(shape, dtype=compute_dtype(compute), device=torch.device(device))

    @torch.jit.export
    def copy_slots(self, source: Tensor, target: Tensor, start: int, count: int) -> None:
        """Slots [start, start + count) of source to the front of target."""
        target.narrow(2, 0, count).copy_(source.narrow(2, start, count))

    @torch.jit.export
    def read_slots(self, buffer: Tensor, layer: int, start: int, count: int) -> Tensor:
        """Raw bytes of slots [start, start + count) of one layer: uint8, one dimension, on the CPU."""
        part = buffer.select(0, layer).narrow(1, start, count).cpu().contiguous().view([-1])
        return torch.ops.aten.view_copy(part, dtype=torch.uint8)

    @torch.jit.export
    def write_slots(self, buffer: Tensor, layer: int, count: int, raw: Tensor) -> None:
        """What read_slots gave, to the front of one layer."""
        target = buffer.select(0, layer).narrow(1, 0, count)
        if raw.numel() != target.numel() * buffer.element_size():
            raise ValueError(str(raw.numel()) + " bytes do not fill slots of " + str(target.size()) + " numbers.")
        if buffer.dtype == torch.bfloat16:
            part = torch.ops.aten.view_copy(raw, dtype=torch.bfloat16)
        elif buffer.dtype == torch.float16:
            part = torch.ops.aten.view_copy(raw, dtype=torch.float16)
        else:
            part = torch.ops.aten.view_copy(raw, dtype=torch.float32)
        target.copy_(part.view(target.size()))
