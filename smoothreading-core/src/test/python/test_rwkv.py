"""Parity of the RWKV-7 decoder with the PyPI package rwkv, and of its blocks with single tokens.

Run here: python -m pytest test_rwkv.py
"""

import random
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from make_goldens import GOLDENS
from rwkv_model import RwkvModel
from window_model import load_folder

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "main/torchscript"))
from rwkv_wkv import many_tokens, one_token

torch.set_num_threads(1)
CONFIG, TENSORS = load_folder(GOLDENS / "rwkv7")
EXPECTED = load_file(GOLDENS / "rwkv7/expected.safetensors")
TOKENS, LOGITS = EXPECTED["tokens"].tolist(), EXPECTED["logits"]


@pytest.fixture(scope="module", params=["portable", "cpu"])
def model(request):
    return RwkvModel(CONFIG, TENSORS, "fp32", request.param)


def error(got, expected):
    return ((got - expected).abs().max() / expected.abs().max()).item()


def read(model, sizes, block=0):
    state, at, parts = model.state(), 0, []
    for size in sizes:
        parts.append(model.logits([state], [TOKENS[at:at + size]], block=block))
        at += size
    return torch.cat(parts), state


def test_equals_the_package(model):
    assert error(read(model, [len(TOKENS)])[0], LOGITS) < 1e-4


@pytest.mark.parametrize("block", [1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 48, 63, 64, 100])
def test_blocks_equal_single_tokens(model, block):
    one, state = read(model, [1] * len(TOKENS))
    many, other = read(model, [len(TOKENS)], block)
    assert error(many, one) < 1e-5
    assert error(other[0][:, :, 0], state[0][:, :, 0]) < 1e-5 and error(other[1][:, :, 0], state[1][:, :, 0]) < 1e-5


def test_ragged_rows_equal_rows_alone(model):
    pick, states = random.Random(1), [model.state() for _ in range(4)]
    at, parts = [0] * 4, [[] for _ in range(4)]
    while min(at) < 120:
        sizes = [pick.choice([1, 1, 2, 9, 40]) for _ in range(4)]
        pieces = [TOKENS[a:a + n] for a, n in zip(at, sizes)]
        pieces = [piece or TOKENS[:1] for piece in pieces]
        for b, part in enumerate(model.logits(states, pieces).split([len(p) for p in pieces])):
            parts[b].append(part)
            at[b] += len(pieces[b])
    for part in parts:
        assert error(torch.cat(part)[:120], LOGITS[:120]) < 1e-4


@pytest.mark.parametrize("count", [1, 2, 5, 32, 40, 70])
def test_marked_memory_is_the_one_at_the_mark(model, count):
    for mark in sorted({0, 1, count // 2, count - 1, count}):
        state = model.state()
        model.logits([state], [TOKENS[:50]])
        model.logits([state], [TOKENS[50:50 + count]], [[count, 0, mark, 2]])
        rest = TOKENS[50 + mark:150]
        # Back to the mark: start from slot 2.
        got = model.logits([state], [rest], [[len(rest), 2, -1, 0]])
        assert error(got, LOGITS[50 + mark:150]) < 1e-4, mark


def test_nothing_is_where_a_row_starts_from_slot_minus_one(model):
    state = model.state()
    model.logits([state], [TOKENS[50:90]])
    assert error(model.logits([state], [TOKENS[:60]], [[60, -1, 0, 1]]), LOGITS[:60]) < 1e-4
    assert state[0][:, :, 1].abs().max() == 0 and state[1][:, :, 1].abs().max() == 0


@pytest.mark.parametrize("variant,compute,bound", [
    ("portable", "bf16", 0.05), ("portable", "fp16", 0.01), ("cpu", "bf16", 0.05), ("cpu", "bf16-int8", 0.15)])
def test_fast_kinds_stay_near(variant, compute, bound):
    fast = RwkvModel(CONFIG, TENSORS, compute, variant)
    got, _ = read(fast, [90, 1, 1, 1, 1, 106])
    p = LOGITS.log_softmax(-1)
    assert (p.exp() * (p - got.log_softmax(-1))).sum(-1).mean() < bound


def inputs(kind, length, seed=0):
    generator = torch.Generator().manual_seed(seed)
    normal = lambda *shape: torch.randn(*shape, generator=generator)
    shape, shift = (2, 3, length, 64), {"slow": -8.0, "fast": 8.0, "all": 0.0, "alike": -8.0}[kind]
    common = normal(2, 3, 1, 64) if kind == "alike" else 0.0
    erase = torch.nn.functional.normalize(common + (0.02 if kind == "alike" else 1.0) * normal(*shape), dim=-1)
    decay = -0.6065306597 * torch.sigmoid((6.0 if kind == "all" else 0.3) * normal(*shape) + shift)
    rate = torch.sigmoid(normal(*shape) + (4.0 if kind == "alike" else 0.0))
    return [normal(*shape), decay, normal(*shape), normal(*shape), -erase, erase * rate]


@pytest.mark.parametrize("kind", ["slow", "fast", "all", "alike"])
def test_block_maps_equal_the_recurrence(kind):
    """Slow and fast decay, keys that are nearly the same: every block length from 1 to 64, against float64."""
    parts = inputs(kind, 150)
    state = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(9))
    exact, ys = state.double(), []
    for t in range(150):
        exact, y = one_token(exact, *[part[:, :, t].double() for part in parts])
        ys.append(y)
    expected = torch.stack(ys, 2)
    for length in range(1, 65):
        end, got = many_tokens(state, *parts, length)
        assert error(got, expected) < 1e-5 and error(end, exact) < 1e-5, length
