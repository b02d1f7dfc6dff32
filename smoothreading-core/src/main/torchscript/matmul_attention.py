"""Window attention from plain matrix products, for CPUs whose fused kernel is slow in bf16 (those without AMX).

Scores and softmax are float32: queries stay float32 after the rotation and the keys are widened once per row and layer.
Only the probabilities and the values meet in bf16, as in the fused kernel.
"""

from typing import List

import torch
from torch import Tensor


def matmul_rows(
    query: Tensor, keys: List[Tensor], values: List[Tensor], layer: int, blocks: List[List[int]], masks: List[Tensor],
    table: List[List[int]],
) -> Tensor:
    """As attend_rows; query float32 [N, heads, D], masks float32; the result has the dtype of the values."""
    dim = query.size(2)
    result = torch.empty(query.size(), dtype=values[0].dtype)
    wide = torch.empty([0])
    reach, row = 0, -1
    for block in blocks:
        b, first, span = block[0], block[3], block[4]
        if b != row:
            row, reach = b, first
            end = table[b][1] + table[b][0]
            wide = keys[b].select(0, layer).narrow(1, first, end - first).to(torch.float32)
        out = matmul_block(
            query.narrow(0, block[1], block[2]) * dim**-0.5, wide.narrow(1, first - reach, span),
            values[b].select(0, layer).narrow(1, first, span), masks, block[5], table[b][3],
        )
        result.narrow(0, block[1], block[2]).view_as(out).copy_(out)
    return result


def matmul_block(query: Tensor, keys: Tensor, values: Tensor, masks: List[Tensor], mask: int, window: int) -> Tensor:
    """query [tokens, heads, D], keys float32 and values [KV, span, D] -> [tokens, KV, group, D]."""
    tokens, heads, dim = query.size(0), query.size(1), query.size(2)
    shared, span = keys.size(0), keys.size(1)
    group = heads // shared
    folded = query.view([tokens, shared, group, dim]).permute([1, 2, 0, 3]).reshape([shared, group * tokens, dim])
    if tokens < 8:
        scores = torch.bmm(folded, keys.transpose(1, 2))
        if mask >= 0:
            scores.add_(masks[mask])
        mixed = torch.bmm(torch.softmax(scores, -1).to(values.dtype), values)
        return mixed.view([shared, group, tokens, dim]).permute([2, 0, 1, 3])
    # Only the strips at both ends of the reach hold hidden keys: the first ones have left the window of the later
    # queries, the last ones lie ahead of the earlier queries.
    right = tokens - 1
    left = max(0, span - window)
    mixed = torch.empty([shared, group * tokens, dim], dtype=values.dtype)
    for head in range(shared):
        scores = torch.ops.mkldnn._linear_pointwise(folded[head], keys[head], None, "none", [], "")
        if left > 0:
            scores.narrow(1, 0, left).add_(masks[mask].narrow(1, 0, left))
        if right > 0:
            scores.narrow(1, span - right, right).add_(masks[mask].narrow(1, span - right, right))
        weight = torch._softmax(scores, -1, False, out=scores).to(values.dtype)
        torch.mm(weight, values[head], out=mixed[head])
    return mixed.view([shared, group, tokens, dim]).permute([2, 0, 1, 3])
