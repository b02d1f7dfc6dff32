"""Parity of the TorchScript window decoder with a full forward pass under a window mask.

Run here, after make_goldens.py: python -m pytest test_decoder.py
"""

import hashlib
import random
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import LlamaConfig
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

from make_goldens import GOLDENS, LENGTH, MODELS
from reference import reference_model, window_logits
from window_model import RESOURCES, WindowModel, load_decoder, load_folder

VARIANTS = [v for v in ("portable", "cpu") if (RESOURCES / f"window-decoder-{v}.pt").exists()]
SOURCE = Path(__file__).resolve().parents[2] / "main/torchscript"
sys.path.insert(0, str(SOURCE))
BOUND = 3e-5
torch.set_num_threads(1)


# Attention kind 2, plain matrix products, is what the CPU file uses on processors without AMX, kind 1 the fused kernel.
KINDS = [(v, a, name) for v, a in (("portable", 0), ("cpu", 1), ("cpu", 2)) if v in VARIANTS for name in MODELS]


@pytest.fixture(scope="module", params=KINDS, ids=lambda p: f"{p[0]}{p[1]}-{p[2]}")
def golden(request):
    variant, attention, name = request.param
    config, tensors = load_folder(GOLDENS / name)
    expected = load_file(GOLDENS / name / "expected.safetensors")
    model = WindowModel(config, tensors, "fp32", variant, attention=attention)
    return model, expected["tokens"].tolist(), int(expected["window"]), expected["logits"], (config, tensors)


def read(model, rows, texts, sizes):
    """Feed each row's text in pieces of the given sizes (one list per row), all rows in one call; logits per row."""
    results = [[] for _ in rows]
    at = [0] * len(rows)
    for step in range(max(len(s) for s in sizes)):
        pieces = []
        for b in range(len(rows)):
            size = sizes[b][step] if step < len(sizes[b]) else 0
            pieces.append(texts[b][at[b]:at[b] + size])
            at[b] += len(pieces[b])
        total = sum(len(p) for p in pieces)
        logits = model.logits(rows, pieces, range(total))
        for b, part in enumerate(logits.split([len(p) for p in pieces])):
            results[b].append(part)
    return [torch.cat(r) for r in results]


def uneven(length, seed, largest=60):
    rnd, sizes = random.Random(seed), []
    while sum(sizes) < length:
        sizes.append(min(rnd.choice([1, 1, 2, 3, 5, 7, 8, 13, 31, largest]), length - sum(sizes)))
    return sizes


def error(got, expected):
    assert expected.abs().max() >= 10
    return ((got - expected).abs().max() / expected.abs().max()).item()


def test_chunks_equal_full_pass(golden):
    model, tokens, window, expected, _ = golden
    for seed, sizes in enumerate([[LENGTH], [1] * LENGTH, [17] * 12, uneven(LENGTH, 1), uneven(LENGTH, 2)]):
        row = model.rows(1, window, window + 61 if max(sizes) < LENGTH else LENGTH)
        assert error(read(model, row, [tokens], [sizes])[0], expected) <= BOUND, seed


def test_ragged_batch_equals_full_pass(golden):
    model, tokens, window, expected, _ = golden
    rows = model.rows(4, window, window + 64)
    lengths = [LENGTH, 150, 77, 1]
    sizes = [uneven(n, 10 + n) for n in lengths]
    for got, n in zip(read(model, rows, [tokens[:n] for n in lengths], sizes), lengths):
        assert error(got, expected[:n]) <= BOUND


@pytest.mark.parametrize("name", MODELS)
def test_rows_of_one_allocation_in_one_call(name):
    """The padded batch of CUDA, here on the CPU: ragged rows, rows without tokens, any order and subset of the rows."""
    config, tensors = load_folder(GOLDENS / name)
    expected = load_file(GOLDENS / name / "expected.safetensors")
    tokens, window, logits = expected["tokens"].tolist(), int(expected["window"]), expected["logits"]
    model = WindowModel(config, tensors, "fp32", attention=4)
    all_rows = model.rows(6, window, window + 64)
    for picked in ([0, 1, 2, 3], [5, 4]):
        rows = [all_rows[i] for i in picked]
        lengths = [LENGTH, 150, 77, 1][:len(rows)]
        sizes = [uneven(n, 10 + n) for n in lengths]
        for got, n in zip(read(model, rows, [tokens[:n] for n in lengths], sizes), lengths):
            assert error(got, logits[:n]) <= BOUND
    rows = [all_rows[i] for i in (3, 0, 5)]
    for row in rows:
        row.slot = row.position = 0
    got = read(model, rows, [tokens[:90]] * 3, [uneven(90, s) for s in (1, 2, 3)])
    assert max(error(g, logits[:90]) for g in got) <= BOUND


def kl(got, expected):
    p = expected.log_softmax(-1)
    return (p.exp() * (p - got.log_softmax(-1))).sum(-1).mean().item()


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("variant,compute,attention", [
    ("portable", "bf16", 0), ("portable", "fp16", 0), ("cpu", "bf16", 1), ("cpu", "bf16", 2), ("cpu", "bf16-int8", 2),
])
def test_fast_kinds_stay_near(variant, compute, attention, name):
    config, tensors = load_folder(GOLDENS / name)
    expected = load_file(GOLDENS / name / "expected.safetensors")
    tokens, window, logits = expected["tokens"].tolist(), int(expected["window"]), expected["logits"]
    model = WindowModel(config, tensors, compute, variant, attention=attention)
    for sizes in ([17] * 12, uneven(LENGTH, 3), [1] * LENGTH):
        got = read(model, model.rows(1, window, window + 61), [tokens], [sizes])[0]
        # Random weights make the sharpest test there is: real ones stay below 0.01.
        assert kl(got, logits) <= (0.02 if compute == "fp16" else 0.2)
        assert (got.argmax(-1) == logits.argmax(-1)).float().mean() >= 0.8


def test_int8_weights_are_used_as_stored():
    decoder = load_decoder("cpu")
    stored = torch.randint(-127, 128, (48, 64), dtype=torch.int8)
    slots = decoder.prepare(stored.view(-1).view(torch.uint8), torch.rand(48), "I8", [48, 64], "linear", "bf16-int8", "cpu")
    assert torch.equal(slots[2], stored) and slots[0].numel() == 0 and slots[1].numel() == 48 * 64


def test_int4_recovers_a_grid_of_sixteen_values():
    """Weights that came from Q4_1 (step and least value for each 32) are met exactly, up to bf16."""
    decoder = load_decoder("cpu")
    grid = torch.randint(0, 16, (32, 4, 32))
    grid[..., 0], grid[..., 1] = 0, 15
    step, low = torch.full((32, 4, 1), 2.0**-7), torch.full((32, 4, 1), -(2.0**-4))
    dense = (grid * step + low).view(32, 128)
    raw = dense.view(-1).view(torch.uint8)
    slots = decoder.prepare(raw, torch.empty(0), "F32", [32, 128], "linear", "bf16-int4", "cpu")
    unit = torch.eye(128, dtype=torch.bfloat16)
    got = torch.cat([torch.ops.aten._weight_int4pack_mm_for_cpu(x, slots[2], 32, slots[3]) for x in unit.split(4)])
    assert torch.equal(got.float().T, dense)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs CUDA")
@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("compute,attention", [("fp32", 0), ("fp32", 1), ("bf16", 0), ("bf16", 1), ("bf16", 3)])
def test_cuda(compute, attention, name):
    config, tensors = load_folder(GOLDENS / name)
    expected = load_file(GOLDENS / name / "expected.safetensors")
    tokens, window, logits = expected["tokens"].tolist(), int(expected["window"]), expected["logits"]
    model = WindowModel(config, tensors, compute, device="cuda", attention=attention)
    rows = model.rows(4, window, window + 64)
    lengths = [LENGTH, 150, 77, 1]
    sizes = [uneven(n, 10 + n) for n in lengths]
    for got, n in zip(read(model, rows, [tokens[:n] for n in lengths], sizes), lengths):
        if compute == "fp32":
            assert error(got.cpu(), logits[:n]) <= BOUND
        else:
            assert kl(got.cpu(), logits[:n]) <= 0.2


def test_another_window_misses_the_bound(golden):
    _, tokens, window, expected, (config, tensors) = golden
    reference = reference_model(config, tensors)
    assert error(window_logits(reference, tokens, window), expected) <= BOUND
    for other in (window - 1, window + 1):
        assert error(window_logits(reference, tokens, other), expected) >= 100 * BOUND


def test_dropping_tokens_forgets_them(golden):
    model, tokens, window, expected, _ = golden
    row = model.rows(1, window, window + 40)
    model.logits(row, [tokens[:30]], [])
    model.logits(row, [[5, 6, 7, 8, 9]], [])
    row[0].drop(5)
    got = model.logits(row, [tokens[30:60]], range(30))
    assert error(got, expected[30:60]) <= BOUND


def test_advance_agrees_with_logits(golden):
    model, tokens, window, expected, _ = golden
    probes, wanted = [3, 0, 100], [0, 7, 199, 8]
    ids, probabilities, margin = model.advance(model.rows(1, window, LENGTH), [tokens], wanted, probes)
    logits = expected[wanted]
    best = logits.topk(2).values
    assert ids.tolist() == logits.argmax(-1).tolist()
    torch.testing.assert_close(probabilities, logits.log_softmax(-1)[:, probes], atol=2e-3, rtol=0)
    torch.testing.assert_close(margin, best[:, 0] - best[:, 1], atol=2e-3, rtol=0)
    ids, probabilities, margin = model.advance(model.rows(1, window, LENGTH), [tokens], [], probes)
    assert (ids.shape, probabilities.shape, margin.shape) == ((0,), (0, 3), (0,))


def test_llama3_frequencies_equal_transformers():
    from rope import rope_frequencies

    scaling = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0,
               "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}
    config = LlamaConfig(hidden_size=64, num_attention_heads=1, head_dim=64, rope_parameters=scaling)
    expected, factor = ROPE_INIT_FUNCTIONS["llama3"](config, "cpu")
    assert factor == 1.0
    torch.testing.assert_close(rope_frequencies([500000.0, 1e-5, 64.0, 8.0, 1.0, 4.0, 8192.0], 64).float(), expected)


@pytest.mark.parametrize("variant", VARIANTS)
def test_slide_moves_overlapping_slots(variant):
    decoder = load_decoder(variant)
    for source, count in [(3, 20), (20, 3), (1, 29), (0, 10), (15, 15)]:
        keys = torch.arange(2 * 2 * 30 * 4.0).view(2, 2, 30, 4)
        values = -keys
        before = keys.clone()
        decoder.slide(keys, values, source, count)
        assert torch.equal(keys[:, :, :count], before[:, :, source:source + count])
        assert torch.equal(values[:, :, :count], -before[:, :, source:source + count])


@pytest.mark.parametrize("variant", VARIANTS)
def test_digest_is_of_the_source(variant):
    digest = hashlib.sha256()
    for path in sorted(SOURCE.glob("*.py"), key=lambda p: p.name):
        digest.update(path.read_bytes().replace(b"\r", b""))
    assert load_decoder(variant).digest() == digest.hexdigest()


@pytest.mark.parametrize("variant", VARIANTS)
def test_wrong_bytes_are_named(variant):
    decoder = load_decoder(variant)
    with pytest.raises(Exception, match="needs 24 bytes"):
        decoder.prepare(torch.zeros(23, dtype=torch.uint8), torch.empty(0), "F32", [2, 3], "linear", "fp32", "cpu")


@pytest.mark.parametrize("variant", VARIANTS)
def test_prepare_reads_stored_types(variant):
    decoder = load_decoder(variant)
    dense = torch.randn(16, 32)
    for stored, dtype in (("F32", torch.float32), ("F16", torch.float16), ("BF16", torch.bfloat16)):
        raw = torch.cat([torch.zeros(1, dtype=torch.uint8), dense.to(dtype).view(-1).view(torch.uint8)])[1:]
        slots = decoder.prepare(raw, torch.empty(0), stored, [16, 32], "lookup", "fp32", "cpu")
        assert len(slots) == 4 and torch.equal(slots[0], dense.to(dtype).float())
    rows = torch.randint(-127, 128, (16, 32), dtype=torch.int8)
    scale = torch.rand(16)
    slots = decoder.prepare(rows.view(-1).view(torch.uint8), scale, "I8", [16, 32], "lookup", "fp32", "cpu")
    assert torch.equal(slots[0], rows.float() * scale[:, None])
