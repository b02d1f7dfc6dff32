"""Tests of RWKV-7's training path on tiny models, on a CPU: pytest test_rwkv.py"""

import json
import random

import pytest
import torch

import export
import folder
import reader
import rwkv
import rwkv_base
import train
from decoder import Step, drive
from reading import PROBES, Loop, Options
from rwkv_rows import RWKV_PORTABLE, RwkvDecoder
from rwkv_wkv import one_token
from test_train import alphabet, documents

torch.set_num_threads(1)


@pytest.fixture
def checkpoint(tmp_path):
    source, path = tmp_path / "source", tmp_path / "checkpoint"
    source.mkdir()
    (source / "config.json").write_text(json.dumps({"vocab_size": 300}))
    (source / "tokenizer.json").write_text(json.dumps(alphabet()))
    rwkv_base.make(source, path, hidden=64, layers=2, head_dim=32)
    return path


def lively(checkpoint, seed=0):
    """Random weights everywhere: start values alone leave the stream untouched."""
    net, generator = rwkv.Rwkv.read(checkpoint).eval(), torch.Generator().manual_seed(seed)
    net.load_state_dict(folder.load(checkpoint))
    with torch.no_grad():
        for name, p in net.named_parameters():
            if p.dim() == 2:
                scale = 0.3 if "embeddings" in name else 1.2 / p.shape[1] ** 0.5
                p.copy_(scale * torch.randn(p.shape, generator=generator))
    folder.save({k: v.detach() for k, v in net.state_dict().items()}, checkpoint / "model.safetensors")
    return net


def parts(count, requires_grad=True):
    torch.manual_seed(3)
    shape = (2, 2, count, 16)
    erase = torch.nn.functional.normalize(torch.randn(2, 2, 1, 16) + 0.3 * torch.randn(shape), dim=-1)
    decay = -0.6065306597 * torch.sigmoid(4 * torch.randn(shape) - 2)
    result = [torch.randn(shape), decay, torch.randn(shape), torch.randn(shape), -erase, erase * torch.rand(shape)]
    return [p.double().requires_grad_(requires_grad) for p in result]


@pytest.mark.parametrize("length", [1, 5, 16, 32, 64])
def test_blocks_have_the_values_and_gradients_of_the_recurrence(length):
    given, state, ys = parts(50), torch.zeros(2, 2, 16, 16, dtype=torch.float64), []
    for t in range(50):
        state, y = one_token(state, *[p[:, :, t] for p in given])
        ys.append(y)
    expected = torch.stack(ys, 2)
    weight = torch.randn_like(expected)
    wanted = torch.autograd.grad((expected * weight).sum(), given)
    got = rwkv.remember(given, length)
    assert (got - expected).abs().max() < 1e-9
    for a, b in zip(torch.autograd.grad((got * weight).sum(), given), wanted):
        assert (a - b).abs().max() < 1e-8 * max(1.0, b.abs().max().item())


def test_blocks_in_fp32_stay_near():
    given = parts(200, False)
    expected = rwkv.remember(given, 1)
    for length in (16, 32, 64):
        got = rwkv.remember([p.float() for p in given], length)
        assert (got - expected).abs().max() < 1e-5 * expected.abs().max()


@pytest.mark.skipif(not RWKV_PORTABLE.exists(), reason="the decoder file is not built")
def test_trainer_and_decoder_compute_the_same(checkpoint):
    net, tokens = lively(checkpoint), torch.randint(17, 273, (1, 150))
    with torch.no_grad():
        wanted = (net(tokens, torch.float32) @ net.head().T)[0].argmax(-1).tolist()

    def feed():
        ids, got, at = tokens[0].tolist(), [], 0
        for size in (1, 40, 7, 1, 1, 60, 40):
            outcome = yield Step(ids[at:at + size], size, fresh=at == 0)
            got, at = got + outcome.ids, at + size
        return got

    (_, got), = drive(RwkvDecoder(checkpoint, probes=PROBES), [feed()], 1, 0)
    assert got == wanted


def test_steps_taken_back_leave_no_trace(checkpoint):
    net, pick = lively(checkpoint), random.Random(1)
    model = RwkvDecoder(checkpoint, probes=PROBES)
    with torch.no_grad():
        ids = torch.randint(17, 273, (1, 120))
        wanted = (net(ids, torch.float32) @ net.head().T)[0].argmax(-1).tolist()
    ids = ids[0].tolist()

    def feed():
        got, at = [], 0
        yield Step(ids[:30], 1, fresh=True)
        at, back = 30, 0
        while at < 120:
            right, wrong = pick.randint(0, min(9, 119 - at)), pick.randint(0, 6)
            step = [ids[at]] + ids[at + 1:at + 1 + right] + [17] * wrong
            outcome = yield Step(step, len(step), back=back)
            got, back, at = got + outcome.ids[:right + 1], wrong, at + right + 1
        return got

    (_, got), = drive(model, [feed()], 1, 0)
    assert got == wanted[30:]


def arguments(checkpoint, out, *more):
    return train.arguments(["--base", str(checkpoint), "--out", str(out), "--length", "128", "--rows", "1", "--accumulate",
                            "2", "--workers", "1", "--slice", "32", "--warm-up", "3", "--lr", "3e-3", "--device", "cpu",
                            *more])


def test_training_learns_repeats_and_gives_a_reader(checkpoint, tmp_path):
    for out in ("a", "b"):
        train.run(arguments(checkpoint, tmp_path / out, "--steps", "8", "--log-every", "4"), documents)
    rows = [json.loads(line) for line in open(tmp_path / "a" / "log.jsonl")]
    assert rows[-1]["loss"] < rows[0]["loss"]
    a, b = (folder.load(tmp_path / out) for out in ("a", "b"))
    assert all(a[name].equal(b[name]) for name in a)
    export.export(tmp_path / "a", tmp_path / "reader", "tiny", "0", window=128)
    stored = folder.stored(tmp_path / "reader")
    assert stored["model.layers.0.attn.r_k"].dtype == torch.float32
    assert stored["model.layers.0.attn.r_proj.weight"].dtype == torch.int8
    settings = json.loads((tmp_path / "reader" / "reader.json").read_text())
    assert settings["window"] == 128 and settings["protocol"] == reader.PROTOCOL
    model = RwkvDecoder(tmp_path / "reader", probes=PROBES)
    outcome, = model.advance(model.rows(1, 0), [Step([3, 100, 101], 1, fresh=True)])
    assert len(outcome.ids) == 1


@pytest.mark.skipif(not RWKV_PORTABLE.exists(), reason="the decoder file is not built")
@pytest.mark.parametrize("mode", ["kept", "dropped", "one-round"])
def test_drafted_equals_plain_greedy(checkpoint, mode):
    net = lively(checkpoint, 2)
    with torch.no_grad():
        # A model that likes to repeat itself and the protocol, so that drafts are accepted and rejected.
        rows = net.model.embeddings.weight
        rows[[8, 9, 10, 11, 12]] += 1.2 * rows[[105, 106, 107, 108, 109]]
    folder.save({k: v.detach() for k, v in net.state_dict().items()}, checkpoint / "model.safetensors")
    encode = lambda text: reader.tokenizer(checkpoint).encode(text).ids
    pick = random.Random(5)
    texts = [[[pick.randint(100, 112) for _ in range(40)] for _ in range(3)] for _ in range(4)]
    model = RwkvDecoder(checkpoint, probes=PROBES)

    def read(drafts, rows):
        options = Options(mode, stop_at=2.0, drafts=drafts, round_limit=40)
        loops = [Loop(encode("who?"), text, encode, options).run() for text in texts]
        found = dict(drive(model, loops, rows, 0))
        return [(found[i].answer, found[i].clues, [r.ids for r in found[i].rounds]) for i in range(len(texts))]

    plain = read(False, 1)
    assert read(True, 1) == plain
    assert read(True, 3) == plain
