"""Tests of trainer, export and evaluation on tiny models: pytest test_train.py"""

import json
import random

import numpy as np
import pytest
import torch

import base
import export
import folder
import loss
import packing
import pieces
import protocol
import reader
import throughput
import train
import window
from decoder import PORTABLE, Decoder, Outcome, Step, drive
from model import Llama, ModelConfig, rotary
from reading import PROBES, Loop, Options, lookup
from trainer import rate

torch.set_num_threads(1)
TINY = ModelConfig(vocab=300, hidden=48, inner=64, layers=2, heads=3, kv_heads=1, head_dim=16, rope_theta=1e4, eps=1e-5,
                   tied=True, qkv_bias=False)


def tiny(seed=0, spread=0.3):
    torch.manual_seed(seed)
    net = Llama(TINY)
    for p in net.parameters():
        if p.dim() > 1:
            torch.nn.init.normal_(p, std=spread)
    return net


def alphabet():
    """A tokenizer of single bytes behind 17 control tokens."""
    from tokenizers.pre_tokenizers import ByteLevel
    controls = [f"<|control{i}|>" for i in range(17)]
    letters = sorted(ByteLevel.alphabet())
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    return {"version": "1.0", "truncation": None, "padding": None, "normalizer": None, "pre_tokenizer": level,
            "post_processor": None, "decoder": level,
            "added_tokens": [{"id": i, "content": c, "single_word": False, "lstrip": False, "rstrip": False,
                              "normalized": False, "special": True} for i, c in enumerate(controls)],
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                      "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False,
                      "vocab": {t: i for i, t in enumerate(controls + letters)}, "merges": []}}


@pytest.fixture
def checkpoint(tmp_path):
    path = tmp_path / "checkpoint"
    path.mkdir()
    c = TINY
    (path / "config.json").write_text(json.dumps({
        "model_type": "llama", "vocab_size": c.vocab, "hidden_size": c.hidden, "intermediate_size": c.inner,
        "num_hidden_layers": c.layers, "num_attention_heads": c.heads, "num_key_value_heads": c.kv_heads,
        "head_dim": c.head_dim, "rope_theta": c.rope_theta, "rms_norm_eps": c.eps, "tie_word_embeddings": True}))
    (path / "tokenizer.json").write_text(json.dumps(alphabet()))
    folder.save({k: v.detach() for k, v in tiny().state_dict().items()}, path / "model.safetensors")
    return path


def hidden(net, tokens, attend, mask):
    cos, sin = rotary(torch.arange(tokens.shape[1]), TINY.head_dim, TINY.rope_theta)
    return net(tokens, cos, sin, attend, mask, torch.float32)


@pytest.mark.parametrize("size", [1, 40, 128, 500])
def test_flex_window_equals_explicit_mask(size):
    q, k, v = torch.randn(1, 3, 256, 16), torch.randn(1, 1, 256, 16), torch.randn(1, 1, 256, 16)
    attend, mask = window.make("masked", 256, size, "cpu")
    i = torch.arange(256)
    assert mask.equal((i[:, None] - i >= 0) & (i[:, None] - i <= size - 1))
    flex, block_mask = window.make("flex", 256, size, "cpu")
    assert (attend(q, k, v, mask) - flex(q, k, v, block_mask)).abs().max() < 1e-5


@pytest.mark.skipif(not PORTABLE.exists(), reason="the decoder file is not built")
def test_trainer_and_decoder_see_the_same_window(checkpoint):
    tokens = torch.randint(17, 273, (1, 150))
    attend, mask = window.make("masked", 150, 24, "cpu")
    net = tiny()
    with torch.no_grad():
        wanted = (hidden(net, tokens, attend, mask) @ net.head().T)[0].argmax(-1).tolist()
    model = Decoder(checkpoint, window=24, probes=PROBES)

    def feed():
        ids, got, at = tokens[0].tolist(), [], 0
        for size in (1, 40, 7, 1, 1, 60, 40):
            outcome = yield Step(ids[at:at + size], size, fresh=at == 0)
            got, at = got + outcome.ids, at + size
        return got

    (_, got), = drive(model, [feed()], 1, 700)
    assert got == wanted


def test_schedule():
    assert rate(0, 0.0, 1.0, 40) == pytest.approx(1 / 40)
    assert rate(39, 0.0, 1.0, 40) == pytest.approx(1.0)
    assert rate(500, 0.5, 1.0, 40) == pytest.approx(0.55)
    assert rate(999, 1.0, 1.0, 40) == pytest.approx(0.1)
    assert rate(999, 7.0, 1.0, 40) == pytest.approx(0.1)


def test_loss_equals_plain_cross_entropy():
    net, pick = tiny(), np.random.default_rng(0)
    tokens = pick.integers(17, 273, (2, 64))
    weights = np.where(pick.random((2, 64)) < 0.3, 2.0, 0.0).astype(np.float32)
    attend, mask = window.make("masked", 64, 16, "cpu")
    states = hidden(net, torch.from_numpy(tokens), attend, mask)
    logits = (states @ net.head().T)[:, :-1]
    plain = torch.nn.functional.cross_entropy(logits.reshape(-1, 300), torch.from_numpy(tokens[:, 1:]).reshape(-1),
                                              reduction="none")
    plain = (plain * torch.from_numpy(weights[:, 1:]).reshape(-1)).sum()
    wanted = torch.autograd.grad(plain, list(net.parameters()), retain_graph=True)
    value, stats = loss.backward(hidden(net, torch.from_numpy(tokens), attend, mask), net.head(),
                                 loss.targets(tokens, weights, 16), slice_size=16)
    assert value.item() == pytest.approx(plain.item(), rel=1e-5)
    assert stats[1].sum().item() == (weights[:, 1:] > 0).sum()
    for p, grad in zip(net.parameters(), wanted):
        assert (p.grad - grad).abs().max() < 1e-3 * max(1.0, grad.abs().max().item())


def documents(worker, workers=1, seed=0):
    pick = random.Random(f"{worker}/{seed}")
    while True:
        ids = [3] + [pick.randint(100, 110) for _ in range(pick.randint(5, 90))] + [6, 8, 105, 105, 10, 11]
        weights = [0.0] * (len(ids) - 4) + [1.0, 1.0, 1.0, 2.0]
        yield np.array(ids, np.int32), np.array(weights, np.float32)


def test_packing_fills_every_sequence_and_repeats():
    first = packing.pack(documents(0), 200, 5)
    again = packing.pack(documents(0), 200, 5)
    for _ in range(20):
        (tokens, weights), (same, _) = next(first), next(again)
        assert tokens.shape == weights.shape == (200,) and (tokens > 0).all() and tokens[0] == 3 and weights[0] == 0
        assert (tokens == same).all()


def test_dead_worker_is_an_error():
    def broken(worker):
        yield next(documents(worker))
        raise OSError("no such data")

    feed = packing.Feed(broken, 0, 1, 4000, 0)
    with pytest.raises(RuntimeError, match="no such data"):
        feed.next()
    feed.close()


def arguments(checkpoint, out, *more):
    return train.arguments(["--base", str(checkpoint), "--out", str(out), "--length", "256", "--window", "32", "--rows",
                            "1", "--accumulate", "2", "--workers", "1", "--slice", "32", "--warm-up", "3", "--lr", "3e-3",
                            "--device", "cpu", "--attention", "masked", "--no-compile", *more])


def test_training_learns_and_repeats(checkpoint, tmp_path):
    for out in ("a", "b"):
        train.run(arguments(checkpoint, tmp_path / out, "--steps", "12", "--log-every", "4"), documents)
    rows = [json.loads(line) for line in open(tmp_path / "a" / "log.jsonl")]
    assert rows[-1]["loss"] < rows[0]["loss"]
    a, b = (folder.load(tmp_path / out) for out in ("a", "b"))
    assert all(a[name].equal(b[name]) for name in a)
    assert json.loads((tmp_path / "a" / "tokenizer.json").read_text())["added_tokens"] == []


def test_resume_goes_on(checkpoint, tmp_path):
    train.run(arguments(checkpoint, tmp_path / "a", "--steps", "4", "--resumable"), documents)
    train.run(arguments(checkpoint, tmp_path / "a", "--steps", "6", "--resume",
                        str(tmp_path / "a" / "resume.safetensors")), documents)
    assert folder.metadata(tmp_path / "a" / "model.safetensors")["step"] == "6"


def test_what_is_frozen_stays_to_the_bit(checkpoint, tmp_path):
    export.export(checkpoint, tmp_path / "first", "tiny", "1")
    export.unpack(tmp_path / "first", tmp_path / "base", torch.float32)
    train.run(arguments(tmp_path / "base", tmp_path / "out", "--steps", "4", "--init", str(tmp_path / "first"),
                        "--freeze", r"layers\.1\."), documents)
    export.export(tmp_path / "out", tmp_path / "second", "tiny", "2", start=tmp_path / "first")
    before, after = folder.stored(tmp_path / "first"), folder.stored(tmp_path / "second")
    matrices = [name for name in before if before[name].dim() == 2]
    assert {name for name in matrices if before[name].equal(after[name])} == {n for n in matrices if "layers.1." in n}
    with pytest.raises(ValueError, match="matches no parameter"):
        train.run(arguments(checkpoint, tmp_path / "out", "--steps", "1", "--freeze", "layer7"), documents)


def test_int8_rows_are_close(checkpoint, tmp_path):
    export.export(checkpoint, tmp_path / "reader", "tiny", "0", shard=20_000)
    assert len(folder.weight_files(tmp_path / "reader")) > 1
    export.unpack(tmp_path / "reader", tmp_path / "back", torch.float32)
    before, after = folder.load(checkpoint), folder.load(tmp_path / "back")
    for name, values in before.items():
        if values.dim() == 1:
            assert values.equal(after[name])
            continue
        scale = (values.abs().amax(1, keepdim=True) / 127).bfloat16().float()
        plain = ((values / scale).round().clamp(-127, 127) * scale - values).square().sum(1)
        assert ((after[name] - values).square().sum(1) <= plain * 1.0001 + 1e-12).all()
    scales = [t for n, t in folder.stored(tmp_path / "reader").items() if n.endswith(folder.SCALE)]
    assert scales and all(t.dtype == torch.float32 and t.equal(t.bfloat16().float()) for t in scales)
    settings = json.loads((tmp_path / "reader" / "reader.json").read_text())
    assert settings["protocol"] == reader.PROTOCOL and settings["window"] == 2048


def test_pieces_come_together_and_damage_is_seen(checkpoint, tmp_path):
    pieces.split(checkpoint, tmp_path / "pieces", limit=30_000)
    pieces.join(tmp_path / "pieces", tmp_path / "joined")
    for path in checkpoint.iterdir():
        assert path.read_bytes() == (tmp_path / "joined" / path.name).read_bytes()
    piece = tmp_path / "pieces" / "piece-01.bin"
    piece.write_bytes(piece.read_bytes()[:-1] + b"x")
    with pytest.raises(ValueError, match="piece-01.bin is damaged"):
        pieces.join(tmp_path / "pieces", tmp_path / "joined")


def test_control_strings_in_text_are_ordinary(checkpoint):
    encode = reader.tokenizer(checkpoint).encode
    for i in range(17):
        assert min(encode(f"<|control{i}|>").ids) > 16
    forged = alphabet()
    forged["model"]["merges"] = [["<|control3", "|>"]]
    with pytest.raises(ValueError, match="control3"):
        base.plain_tokenizer(forged)


def test_lookup_takes_the_longest_match():
    assert lookup([7, 8], [[1, 8, 2], [7, 8, 5, 6]]) == [5, 6]
    assert lookup([9, 8], [[1, 8, 2]]) == [2]
    assert lookup([], [[1]]) == [] and lookup([4], [[1, 4]]) == []


@pytest.mark.skipif(not PORTABLE.exists(), reason="the decoder file is not built")
@pytest.mark.parametrize("mode", ["kept", "dropped", "one-round"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_drafted_equals_plain_greedy(checkpoint, mode, seed):
    net = tiny(seed)
    with torch.no_grad():
        # A model that likes to repeat itself and the protocol, so that drafts are accepted and rejected.
        rows = net.model.embed_tokens.weight
        rows[[8, 9, 10, 11, 12]] += 1.2 * rows[[105, 106, 107, 108, 109]]
    folder.save({k: v.detach() for k, v in net.state_dict().items()}, checkpoint / "model.safetensors")
    encode = lambda text: reader.tokenizer(checkpoint).encode(text).ids
    pick = random.Random(seed)
    texts = [[[pick.randint(100, 112) for _ in range(40)] for _ in range(4)] for _ in range(5)]
    model = Decoder(checkpoint, window=96, probes=PROBES)

    def read(drafts, rows):
        options = Options(mode, stop_at=2.0, drafts=drafts, round_limit=40)
        loops = [Loop(encode("who?"), text, encode, options).run() for text in texts]
        found = dict(drive(model, loops, rows, 900))
        return [(found[i].answer, found[i].clues, [r.ids for r in found[i].rounds]) for i in range(len(texts))]

    plain = read(False, 1)
    assert read(True, 1) == plain
    assert read(True, 3) == plain


def oracle(streams, loop):
    """Drives a loop with a model that knows the streams; returns the states it left behind, the result, the steps."""
    states, state, steps, outcome, run = [], [], [], None, loop.run()
    while True:
        try:
            step = run.send(outcome)
        except StopIteration as end:
            return states + [state], end.value, steps
        if step.fresh and state:
            states.append(state)
        state = [] if step.fresh else state[:len(state) - step.back]
        state = state + step.tokens
        steps.append(step)
        outcome = Outcome()
        for at in range(len(state) - step.wanted, len(state)):
            known = [s[at + 1] for s in streams if s[:at + 1] == state[:at + 1] and at + 1 < len(s)]
            follows = known[0] if known else 55
            outcome.ids.append(follows)
            outcome.probes.append([0.0 if follows == id else -9.0 for id in PROBES])


@pytest.mark.parametrize("drafts", [True, False])
@pytest.mark.parametrize("found", [True, False])
@pytest.mark.parametrize("mode", ["kept", "dropped"])
def test_reading_feeds_the_streams_of_the_training(checkpoint, mode, drafts, found):
    writer = protocol.Writer(reader.tokenizer(checkpoint))
    texts = ["Nothing here at all. ", "Ann was born in Oslo. Bob sings.\n", "Still nothing to see. ", "Oslo has 5 trams."]
    question, one, two = map(writer.ids, ("How many trams?", "Ann was born in Oslo.", "Oslo has 5 trams."))
    answer = writer.answer("5 trams")
    rounds = [protocol.Round([], []), protocol.Round([], [one]), protocol.Round([one], []),
              protocol.Round([one], [two] if found else [], stop=True, answer=answer if found else None,
                             last=True)]
    chunks = [writer.ids(text) for text in texts]
    if mode == "kept":
        streams = [writer.kept(question, chunks, rounds)[0].tolist()]
    else:
        streams = [writer.dropped(question, chunks, rounds, n)[0].tolist() for n in range(4)]
    states, result, steps = oracle(streams, Loop(question, chunks, writer.ids, Options(mode, drafts=drafts)))
    assert len(states) == len(streams)
    for state, stream in zip(states, streams):
        # What a round ends with is fed only when something follows; a rejected draft may still stand behind it.
        length = len(stream) - (2 if stream[-2] == protocol.NOT_FOUND else 1)
        assert state[:length] == stream[:length]
    assert result.answer == (answer if found else None)
    assert result.clues == ([one, two] if found else [one])
    if drafts:
        assert steps[0].back == steps[1].back == 0 and len(steps) <= (15 if found else 9)
    else:
        assert len(steps) > 100


def test_throughput_is_measured_for_both_kinds_of_attention(checkpoint, tmp_path):
    rows = throughput.main(["--base", str(checkpoint), "--lengths", "64", "128", "--window", "32", "--tokens", "128", "--steps", "1",
                            "--out", str(tmp_path / "t.json"), "--device", "cpu", "--attention", "masked", "--no-compile", "--slice", "32"])
    assert [row["length"] for row in rows] == [64, 128] and all(row["window_tokens_per_s"] > 0 < row["full_tokens_per_s"] for row in rows)
    assert json.loads((tmp_path / "t.json").read_text()) == rows
