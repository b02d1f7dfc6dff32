"""Window attention of many rows at once with the fused kernel, padded to the longest row (CUDA)."""

from typing import List, Tuple

import torch
from torch import Tensor


def plan_batched(
    rows: List[Tensor], table: List[List[int]], block: int, group: int, dtype: torch.dtype, device: torch.device
) -> Tuple[List[List[int]], List[Tensor]]:
    """Blocks [tokens, first slot, slots, members...], and for each: padded -> packed, real places, their tokens, mask."""
    blocks: List[List[int]] = []
    tensors: List[Tensor] = []
    starts: List[int] = []
    total, longest = 0, 0
    for row in table:
        starts.append(total)
        total += row[0]
        longest = max(longest, row[0])
    for done in range(0, longest, block):
        tokens = min(block, longest - done)
        members: List[int] = []
        first, end = rows[0].size(2), 0
        for b in range(len(table)):
            if table[b][0] > done:
                members.append(b)
                first = min(first, max(0, table[b][1] + done - table[b][3] + 1))
                end = max(end, table[b][1] + min(done + tokens, table[b][0]))
        step = torch.arange(tokens)
        count = torch.tensor([table[b][0] - done for b in members]).unsqueeze(1)
        start = torch.tensor([starts[b] + done for b in members]).unsqueeze(1)
        slot = torch.tensor([table[b][1] + done for b in members]).unsqueeze(1)
        window = torch.tensor([table[b][3] for b in members]).to(device).view([-1, 1, 1, 1])
        packed = (start + torch.minimum(step, count - 1)).view([-1])
        real = torch.nonzero((step < count).view([-1])).view([-1])
        query = (slot + step).to(device).unsqueeze(1).unsqueeze(3)
        key = torch.arange(first, end, device=device)
        hidden = (key > query).logical_or(key <= query - window).repeat([1, 1, group, 1])
        # Row lengths that are multiples of 8 spare the kernel a copy of the mask.
        span = end - first
        mask = torch.zeros([len(members), 1, group * tokens, (span + 7) // 8 * 8], dtype=dtype, device=device)
        mask = mask.narrow(3, 0, span).masked_fill_(hidden, float("-inf"))
        blocks.append([tokens, first, span] + members)
        tensors += [packed.to(device), real.to(device), packed.index_select(0, real).to(device), mask]
    return blocks, tensors


def gather(rows: List[Tensor], layer: int, block: List[int]) -> Tensor:
    """[members, KV, slots, D]: a view where the members lie at equal distances, else a copy."""
    base = rows[block[3]]
    shared, slots, dim = base.size(1), base.size(2), base.size(3)
    step = rows[block[4]].storage_offset() - base.storage_offset() if len(block) > 4 else 0
    even = step >= 0
    for i in range(3, len(block)):
        if rows[block[i]].storage_offset() != base.storage_offset() + (i - 3) * step:
            even = False
    if even:
        start = base.storage_offset() + layer * shared * slots * dim + block[1] * dim
        return base.as_strided([len(block) - 3, shared, block[2], dim], [step, slots * dim, dim, 1], start)
    return torch.stack([rows[b].select(0, layer).narrow(1, block[1], block[2]) for b in block[3:]])


def batched_rows(query: Tensor, keys: List[Tensor], values: List[Tensor], layer: int, blocks: List[List[int]],
                 tensors: List[Tensor]) -> Tensor:
    """As attend_rows, with all rows of a block in one call."""
    result = torch.empty_like(query)
    heads, dim = query.size(1), query.size(2)
    for i in range(len(blocks)):
        block = blocks[i]
        k, v = gather(keys, layer, block), gather(values, layer, block)
        members, tokens, shared = k.size(0), block[0], k.size(1)
        group = heads // shared
        q = query.index_select(0, tensors[4 * i]).view([members, tokens, shared, group, dim])
        q = q.permute([0, 2, 3, 1, 4]).reshape([members, shared, group * tokens, dim])
        mask = tensors[4 * i + 3].expand([members, shared, group * tokens, block[2]])
        out = torch.nn.functional.scaled_dot_product_attention(q, k, v, mask)
        out = out.reshape([members, shared, group, tokens, dim]).permute([0, 3, 1, 2, 4])
        out = out.reshape([members * tokens, heads, dim])
        result.index_copy_(0, tensors[4 * i + 2], out.index_select(0, tensors[4 * i + 1]))
    return result
