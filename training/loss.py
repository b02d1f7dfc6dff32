"""Weighted cross entropy at labelled positions only, in slices of one size, so that logits never fill the memory."""

import numpy as np
import torch
from torch import Tensor

from reader import PROTOCOL

CLASSES = ("other", "action", "clue")  # clue: whether another clue follows, the choice behind clues or a separator
SLICE = 1024


def targets(tokens: np.ndarray, weights: np.ndarray, slice_size: int = SLICE):
    """(index, label, weight, class) of the positions of [rows, T] that have a weight, padded to whole slices."""
    rows, length = tokens.shape
    at = np.flatnonzero(weights[:, 1:] > 0)
    row, column = np.divmod(at, length - 1)
    index, label, weight = row * length + column, tokens[row, column + 1], weights[row, column + 1]
    kind = np.zeros(len(at), np.int64)
    before = tokens[row, column]
    kind[(before == PROTOCOL["clues"]) | np.isin(label, [PROTOCOL["separator"], PROTOCOL["reason"]])] = 2
    kind[np.isin(label, [PROTOCOL["read"], PROTOCOL["stop"], PROTOCOL["notFound"]])] = 1
    pad = -len(at) % slice_size if len(at) else slice_size
    return [torch.from_numpy(np.pad(x, (0, pad))) for x in
            (index.astype(np.int64), label.astype(np.int64), weight.astype(np.float32), kind)]


def slice_loss(hidden: Tensor, head: Tensor, label: Tensor, weight: Tensor, kind: Tensor):
    """Sum of weighted losses, and per class the plain sum and the count [2, classes]."""
    logits = torch.nn.functional.linear(hidden, head).float()
    losses = torch.logsumexp(logits, -1) - logits.gather(-1, label[:, None])[:, 0]
    member = (kind[:, None] == torch.arange(len(CLASSES), device=kind.device)) & (weight[:, None] > 0)
    with torch.no_grad():
        stats = torch.stack([(losses.detach()[:, None] * member).sum(0), member.sum(0).float()])
    return (losses * weight).sum(), stats


def backward(hidden: Tensor, head: Tensor, parts, slice_loss=slice_loss, slice_size: int = SLICE):
    """Back-propagates the weighted sum of losses through `hidden` [rows, T, H]; returns (sum, stats)."""
    index, label, weight, kind = parts
    chosen = hidden.reshape(-1, hidden.shape[-1])[index]
    leaf = chosen.detach().requires_grad_()
    total, stats = 0.0, 0.0
    for at in range(0, len(index), slice_size):
        part = slice(at, at + slice_size)
        value, counts = slice_loss(leaf[part], head, label[part], weight[part], kind[part])
        value.backward()
        total, stats = total + value.detach(), stats + counts
    chosen.backward(leaf.grad)
    return total, stats
