"""The portable variant: dense weights, no operator newer than libtorch 2.5; CPU and CUDA."""

from typing import List

import torch
from torch import Tensor

from rwkv_decoder import RwkvDecoder
from shared_buffers import shared_allocation
from weights import compute_dtype, dequantize, reinterpret
from window_decoder import WindowDecoder


class PortableLinears(torch.nn.Module):
    @torch.jit.export
    def prepare(self, raw: Tensor, scale: Tensor, stored: str, shape: List[int], role: str, compute: str,
                device: str) -> List[Tensor]:
        """The four runtime slots of one stored tensor; here only slot 0 is used."""
        if compute != "fp32" and compute != "bf16" and compute != "fp16":
            raise ValueError("Compute kind " + compute + " needs the CPU file; the portable one has fp32, bf16, fp16.")
        dtype = torch.float32 if role == "norm" else compute_dtype(compute)
        target = torch.device(device)
        none = torch.empty([0], dtype=dtype, device=target)
        dense = dequantize(reinterpret(raw, stored, shape), scale).to(dtype).to(target)
        return [dense, none, none, none]

    def linear(self, x: Tensor, weights: List[Tensor], index: int, bias: Tensor) -> Tensor:
        if bias.numel() > 0:
            return torch.nn.functional.linear(x, weights[4 * index], bias)
        return torch.nn.functional.linear(x, weights[4 * index])


class PortableDecoder(PortableLinears, WindowDecoder):
    def gated(self, x: Tensor, weights: List[Tensor], gate: int, up: int) -> Tensor:
        opened = torch.nn.functional.silu(torch.nn.functional.linear(x, weights[4 * gate]), inplace=True)
        return opened.mul_(torch.nn.functional.linear(x, weights[4 * up]))

    def attention_kind(self, asked: int, keys: List[Tensor], values: List[Tensor], table: List[List[int]]) -> int:
        if asked == 1:
            return 1
        together = shared_allocation(keys, table) and shared_allocation(values, table)
        if asked == 3 or asked == 4:
            if not together:
                raise ValueError("Attention kind " + str(asked) + " needs all rows in one allocation with one window.")
            return asked
        return 4 if together and len(table) > 1 and keys[0].is_cuda else 1


class PortableRwkv(PortableLinears, RwkvDecoder):
    pass
