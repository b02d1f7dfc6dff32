"""Window attention on CUDA in one variable-length flash kernel per layer, without masks or padding.

Slots are numbered as in shared_buffers; the kernel takes where each row's keys begin and how many there are.
"""

from typing import List, Tuple

import torch
from torch import Tensor

from shared_buffers import origin


def plan_varlen(rows: List[Tensor], table: List[List[int]], device: torch.device) -> Tuple[List[List[int]], List[Tensor]]:
    """[longest row, longest reach, window], and the first query, first key and number of keys of each row."""
    first = rows[origin(rows)]
    queries: List[int] = [0]
    starts: List[int] = []
    used: List[int] = []
    longest, reach = 0, 0
    for b in range(len(table)):
        count, slot, window = table[b][0], table[b][1], table[b][3]
        if count > 0:
            oldest = max(0, slot - window + 1)
            queries.append(queries[-1] + count)
            starts.append((rows[b].storage_offset() - first.storage_offset()) // first.size(3) + oldest)
            used.append(slot + count - oldest)
            longest, reach = max(longest, count), max(reach, used[-1])
    starts.append(starts[-1])
    tensors = [
        torch.tensor(queries, dtype=torch.int32).to(device),
        torch.tensor(starts, dtype=torch.int32).to(device),
        torch.tensor(used, dtype=torch.int32).to(device),
    ]
    return [[longest, reach, table[0][3]]], tensors


def varlen_rows(query: Tensor, keys: Tensor, values: Tensor, plan: List[int], tensors: List[Tensor]) -> Tensor:
    """query [N, heads, D]; keys and values as slots_of gives them. Causal, counted from the end of each row's keys."""
    many = plan[0] > 1
    out = torch.ops.aten._flash_attention_forward(
        query, keys, values, tensors[0], tensors[1], plan[0], plan[1], 0.0, many, False,
        scale=float(query.size(2)) ** -0.5, window_size_left=plan[2] - 1 if many else -1,
        window_size_right=0 if many else -1, seqused_k=tensors[2],
    )
    return out[0]
