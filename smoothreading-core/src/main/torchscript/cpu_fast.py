"""The CPU variant (libtorch 2.7 and later): oneDNN prepacked bf16 for many rows, int8 or int4 weights for few."""

from typing import Final, List, Optional, Tuple

import torch
from torch import Tensor

from attention import attend_rows
from matmul_attention import matmul_rows
from rwkv_decoder import RwkvDecoder
from weights import compute_dtype, dequantize, reinterpret
from window_decoder import WindowDecoder


def quantize_rows(dense: Tensor) -> Tuple[Tensor, Tensor]:
    """int8 [N, K] and float32 scales [N], on values that bf16 holds: the kernel takes them in bf16."""
    scale = (dense.abs().amax([1]).clamp_min(1e-12) / 127.0).to(torch.bfloat16).to(torch.float32)
    return torch.round(dense / scale.unsqueeze(1)).clamp(-127.0, 127.0).to(torch.int8), scale


def pack_int4(dense: Tensor, group: int, dtype: torch.dtype) -> List[Tensor]:
    """Groups of 32 inputs on a grid of 16 values from the group's least to its greatest (that is Q4_1's own grid)."""
    rows, columns = dense.size(0), dense.size(1)
    groups = dense.view([rows, columns // group, group])
    low = groups.amin([2], True)
    step = ((groups.amax([2], True) - low) / 15.0).clamp_min(1e-12)
    grid = torch.round((groups - low) / step).clamp(0.0, 15.0).to(torch.int32).view([rows, columns])
    packed = torch.ops.aten._convert_weight_to_int4pack_for_cpu(grid, 1)
    # The kernel computes (q - 8) * step + zero.
    pairs = torch.cat([step, low + 8.0 * step], dim=2).transpose(0, 1).contiguous().to(dtype)
    return [packed, pairs]


class CpuFastLinears(torch.nn.Module):
    group: Final[int] = 32
    # From 8 rows on the prepacked bf16 weights are faster than int8 and int4.
    few: Final[int] = 8

    @torch.jit.export
    def prepare(self, raw: Tensor, scale: Tensor, stored: str, shape: List[int], role: str, compute: str,
                device: str) -> List[Tensor]:
        """The four runtime slots: dense, packed for many rows, packed for few rows, scales of the latter."""
        if device != "cpu":
            raise ValueError("The CPU file was asked for device " + device + "; use the portable file there.")
        dtype = torch.float32 if role == "norm" else compute_dtype(compute)
        none = torch.empty([0], dtype=dtype)
        data = reinterpret(raw, stored, shape)
        values = dequantize(data, scale)
        dense = values.to(dtype)
        if dtype == torch.float16 or role == "norm" or role == "bias" or role == "lookup" or role == "plain":
            return [dense, none, none, none]
        many = none
        if dtype == torch.float32 or torch.ops.mkldnn._is_mkldnn_bf16_supported():
            many = torch.ops.mkldnn._reorder_linear_weight(dense)
        few, scales = none, none
        # The head decides between near ties and is seldom on a grid of 16 values: it gets int8 at least.
        if compute == "bf16-int8" or (compute == "bf16-int4" and role != "linear"):
            few, grid = (data, scale) if data.dtype == torch.int8 else quantize_rows(values)
            scales = grid.to(dtype)
        elif compute == "bf16-int4" and shape[0] % 16 == 0 and shape[1] % self.group == 0:
            few, scales = pack_int4(values, self.group, dtype)
        keep = role == "embedding" or many.numel() == 0
        return [dense if keep else none, many, few, scales]

    def linear(self, x: Tensor, weights: List[Tensor], index: int, bias: Tensor) -> Tensor:
        few = weights[4 * index + 2]
        if few.numel() > 0 and x.size(0) < self.few:
            if few.dtype == torch.int8:
                y = torch.ops.aten._weight_int8pack_mm(x, few, weights[4 * index + 3])
            else:
                y = torch.ops.aten._weight_int4pack_mm_for_cpu(x, few, self.group, weights[4 * index + 3])
            return y.add_(bias) if bias.numel() > 0 else y
        add: Optional[Tensor] = bias if bias.numel() > 0 else None
        many = weights[4 * index + 1]
        if many.numel() > 0:
            return torch.ops.mkldnn._linear_pointwise(x, many, add, "none", [], "")
        return torch.nn.functional.linear(x, weights[4 * index], add)


class CpuFastDecoder(CpuFastLinears, WindowDecoder):
    def gated(self, x: Tensor, weights: List[Tensor], gate: int, up: int) -> Tensor:
        few = weights[4 * gate + 2].numel() > 0 and x.size(0) < self.few
        if few or weights[4 * gate + 1].numel() == 0 or x.dtype != torch.bfloat16:
            none = torch.empty([0], dtype=x.dtype)
            opened = torch.nn.functional.silu(self.linear(x, weights, gate, none), inplace=True)
            return opened.mul_(self.linear(x, weights, up, none))
        # oneDNN applies silu and the product while the result is still in registers.
        opened = torch.ops.mkldnn._linear_pointwise(x, weights[4 * gate + 1], None, "swish", [], "")
        return torch.ops.mkldnn._linear_pointwise(x, opened, weights[4 * up + 1], None, "mul")

    def attention_kind(self, asked: int, keys: List[Tensor], values: List[Tensor], table: List[List[int]]) -> int:
        if asked == 1 or asked == 2:
            return asked
        # The fused bf16 kernel is fast where the processor has AMX; every such one has AVX512-FP16 too, others have not.
        return 1 if keys[0].dtype == torch.float16 or torch.ops.mkldnn._is_mkldnn_fp16_supported() else 2

    def attend(self, kind: int, query: Tensor, keys: List[Tensor], values: List[Tensor], layer: int,
               table: List[List[int]], plan: List[List[int]], tensors: List[Tensor]) -> Tensor:
        if kind == 2:
            return matmul_rows(query, keys, values, layer, plan, tensors, table)
        same = query.to(values[0].dtype)
        return attend_rows(same, keys, values, layer, plan, tensors, same.dtype == torch.bfloat16)


class CpuFastRwkv(CpuFastLinears, RwkvDecoder):
    pass
