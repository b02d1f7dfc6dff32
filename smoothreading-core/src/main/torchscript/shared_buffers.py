"""Rows whose buffers are parts of one allocation, so that one kernel can serve them all (CUDA).

Every slot of every row then has a number, counted in steps of head_dim from the buffer that lies first.
"""

from typing import List

import torch
from torch import Tensor


def shared_allocation(keys: List[Tensor], table: List[List[int]]) -> bool:
    """Whether all rows have equally shaped buffers in one allocation and one window."""
    first = keys[0]
    # Scripts cannot ask for an address. Empty views at the start of both storages are equal iff the storages are.
    base = first.as_strided([0], [1], 0)
    for b in range(len(keys)):
        k = keys[b]
        if k.size() != first.size() or not k.is_contiguous() or table[b][3] != table[0][3]:
            return False
        if not k.as_strided([0], [1], 0).is_set_to(base):
            return False
        if (k.storage_offset() - first.storage_offset()) % k.size(3) != 0:
            return False
    return True


def origin(rows: List[Tensor]) -> int:
    """Index of the row that lies first in the allocation."""
    least = 0
    for b in range(len(rows)):
        if rows[b].storage_offset() < rows[least].storage_offset():
            least = b
    return least


def slots_of(rows: List[Tensor], layer: int) -> Tensor:
    """All slots of a layer from the first row to the end of the last, [slots, KV, D]; a view."""
    base = rows[origin(rows)]
    shared, slots, dim = base.size(1), base.size(2), base.size(3)
    last = 0
    for row in rows:
        last = max(last, (row.storage_offset() - base.storage_offset()) // dim)
    start = base.storage_offset() + layer * shared * slots * dim
    return base.as_strided([last + slots, shared, dim], [dim, slots * dim, 1], start)


def slot_numbers(rows: List[Tensor], table: List[List[int]], device: torch.device) -> Tensor:
    """The slot number of each packed token."""
    first = rows[origin(rows)]
    numbers: List[Tensor] = []
    for b in range(len(table)):
        place = (rows[b].storage_offset() - first.storage_offset()) // first.size(3) + table[b][1]
        numbers.append(torch.arange(place, place + table[b][0], dtype=torch.int64))
    return torch.cat(numbers).to(device)
