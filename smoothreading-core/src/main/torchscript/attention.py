"""Exact sliding-window attention over per-row key/value buffers.

Query i of a row (slot hi + i) sees the slots s with hi + i - W < s <= hi + i. Queries are taken in blocks, so that only
the keys in reach of a block are touched; the mask of a block is small and shared by all blocks of the same geometry.
A group of query heads that share one key/value head is folded into the query length: the fused kernels have no
grouped-query path that is as fast.
"""

from typing import List, Tuple

import torch
from torch import Tensor


def plan_blocks(
    table: List[List[int]], block: int, group: int, dtype: torch.dtype, device: torch.device
) -> Tuple[List[List[int]], List[Tensor]]:
    """Blocks [row, first packed token, tokens, first key slot, key slots, mask or -1], and the masks they name."""
    blocks: List[List[int]] = []
    masks: List[Tensor] = []
    geometry: List[List[int]] = []
    packed = 0
    for b in range(len(table)):
        count, slot, window = table[b][0], table[b][1], table[b][3]
        done = 0
        while done < count:
            tokens = min(block, count - done)
            query = slot + done
            first = max(0, query - window + 1)
            span = query + tokens - first
            mask = -1
            if tokens > 1:
                shape = [tokens, span, query - first, window]
                for i in range(len(geometry)):
                    if geometry[i] == shape:
                        mask = i
                if mask < 0:
                    mask = len(masks)
                    geometry.append(shape)
                    masks.append(block_mask(tokens, span, query - first, window, group, dtype, device))
            blocks.append([b, packed + done, tokens, first, span, mask])
            done += tokens
        packed += count
    return blocks, masks


def block_mask(
    tokens: int, span: int, offset: int, window: int, group: int, dtype: torch.dtype, device: torch.device
) -> Tensor:
    """Additive mask [group * tokens, span]; query r stands at key offset + r."""
    query = torch.arange(offset, offset + tokens, device=device).unsqueeze(1)
    key = torch.arange(span, device=device).unsqueeze(0)
    hidden = (key > query).logical_or(key <= query - window)
    mask = torch.zeros([tokens, span], dtype=dtype, device=device).masked_fill_(hidden, float("-inf"))
    return mask.repeat([group, 1])


def attend_block(query: Tensor, keys: Tensor, values: Tensor, masks: List[Tensor], mask: int, spread: bool) -> Tensor:
    """query [tokens, heads, D], keys and values [KV, span, D] -> [tokens, KV, group, D].

    spread: one token's query heads become heads of the kernel over expanded keys. With AMX that is a fifth faster than
    folding them into the query length, without it several times slower.
    """
    tokens, heads, dim = query.size(0), query.size(1), query.size(2)
    shared = keys.size(0)
    group = heads // shared
    if mask < 0:
        if not spread:
            one = torch.nn.functional.scaled_dot_product_attention(
                query.view([1, shared, group, dim]), keys.unsqueeze(0), values.unsqueeze(0)
            )
        else:
            wide = [shared, group, keys.size(1), dim]
            one = torch.nn.functional.scaled_dot_product_attention(
                query.view([shared, group, 1, dim]), keys.unsqueeze(1).expand(wide), values.unsqueeze(1).expand(wide)
            )
        return one.reshape([1, shared, group, dim])
    folded = query.view([tokens, shared, group, dim]).permute([1, 2, 0, 3]).reshape([1, shared, group * tokens, dim])
    many = torch.nn.functional.scaled_dot_product_attention(folded, keys.unsqueeze(0), values.unsqueeze(0), masks[mask])
    return many.reshape([shared, group, tokens, dim]).permute([2, 0, 1, 3])


def attend_rows(
    query: Tensor, keys: List[Tensor], values: List[Tensor], layer: int, blocks: List[List[int]], masks: List[Tensor],
    spread: bool,
) -> Tensor:
    """Attention of all packed rows, [N, heads, D], block by block over each row's own buffer."""
    result = torch.empty_like(query)
    for block in blocks:
        k = keys[block[0]].select(0, layer).narrow(1, block[3], block[4])
        v = values[block[0]].select(0, layer).narrow(1, block[3], block[4])
        out = attend_block(query.narrow(0, block[1], block[2]), k, v, masks, block[5], spread)
        result.narrow(0, block[1], block[2]).view_as(out).copy_(out)
    return result


def write_rows(
    key: Tensor, value: Tensor, keys: List[Tensor], values: List[Tensor], layer: int, table: List[List[int]]
) -> None:
    """Put the new keys and values [N, KV, D] into slots [hi, hi + n) of each row."""
    packed = 0
    for b in range(len(table)):
        count, slot = table[b][0], table[b][1]
        if count > 0:
            keys[b].select(0, layer).narrow(1, slot, count).copy_(key.narrow(0, packed, count).transpose(0, 1))
            values[b].select(0, layer).narrow(1, slot, count).copy_(value.narrow(0, packed, count).transpose(0, 1))
        packed += count
