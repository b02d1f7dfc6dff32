"""Properties of the small language, its tokenizer and its documents: pytest test_simple.py"""

import itertools
import json
import random
import re

import pytest
import torch

import evaluate
import export
import lines
import reader
import rwkv_base
import simple
import simple_language as language
import simple_tokenizer
import train
from base import plain_tokenizer
from protocol import *  # noqa: F403
from rwkv_rows import RWKV_PORTABLE
from test_data import FOLLOWERS, parse

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("simple-base")
    simple_tokenizer.write(path)
    return path


@pytest.fixture(scope="module")
def tokenizer(source):
    return load_tokenizer(source / "tokenizer.json")


@pytest.fixture(scope="module")
def stream(source):
    return lambda seed=7, worker=0, **more: simple.SimpleDocuments(source / "tokenizer.json", seed, worker, 2, **more)


@pytest.fixture(scope="module")
def sample(stream):
    documents = stream()
    return [d for _ in range(1500) for d in documents.described()]


@pytest.fixture(scope="module")
def readings(sample):
    return [d for d in sample if d[2]["family"] == "simple"]


def test_every_word_is_one_id_and_any_text_comes_back(source, tokenizer):
    ids = lambda text: tokenizer.encode(text, add_special_tokens=False).ids
    assert all(len(ids(word)) == 1 for word in language.words())
    assert all(len(ids(reason)) <= 4 for reason in (NOTHING_NEW, NEW_CLUE))
    odd = "Größe 3,14 – 読む \U0001F600 <|control5|>\r\n\t"
    assert tokenizer.decode(ids(odd), skip_special_tokens=False) == odd
    assert min(ids(odd)) > max(reader.PROTOCOL.values())
    full = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    assert plain_tokenizer(full)["added_tokens"] == []
    assert tokenizer.get_vocab_size() <= json.loads((source / "config.json").read_text())["vocab_size"] < 1200


def test_the_tokenizer_is_always_the_same(source, tmp_path):
    simple_tokenizer.write(tmp_path)
    assert (tmp_path / "tokenizer.json").read_bytes() == (source / "tokenizer.json").read_bytes()


def test_layout(sample, readings, tokenizer):
    assert .1 < 1 - len(readings) / len(sample) < .2
    for ids, weights, about in readings:
        assert len(ids) == len(weights)
        parts = parse(ids)
        assert parts[0][0] == QUESTION and parts[-1][0] in (END, READ)
        assert all(after in FOLLOWERS[name] for (name, _), (after, _) in zip(parts, parts[1:]))
        for part in about["chunks"]:
            assert 0 < len(tokenizer.encode(part).ids) <= simple.CHUNK
        for name, body in parts:
            text = tokenizer.decode(body, skip_special_tokens=False)
            assert tokenizer.encode(text, add_special_tokens=False).ids == body


def test_clues_stand_in_their_chunk_and_answers_in_a_clue(readings, tokenizer):
    answered = 0
    for ids, _, about in readings:
        for part, round_ in zip(about["chunks"], about["rounds"]):
            chunk = " ".join(map(str, tokenizer.encode(part).ids))
            for clue in round_.new:
                assert " ".join(map(str, clue)) in chunk
        last = about["rounds"][-1]
        if last.answer is not None and last.stop:
            answered += 1
            clues = [tokenizer.decode(clue) for clue in last.known + last.new]
            assert any(about["answer"] in clue for clue in clues)
            assert len(last.answer) <= 5
    assert .6 < answered / len(readings) < .8


def test_only_one_sentence_answers(readings):
    for _, _, about in readings:
        text = "".join(about["chunks"])
        if about["evidence"]:
            assert text.count(about["evidence"][0]) <= 1
        beginning = about["evidence"][0].split(about["answer"])[0] if about["evidence"] else ""
        assert len(beginning) < 8 or text.count(beginning) <= 1


def test_rounds_fit_the_readers_budget(readings):
    for ids, _, _ in readings:
        written = sum(len(body) + 1 for name, body in parse(ids)[-4:] if name in (CLUES, SEPARATOR, REASON, STOP))
        assert written < simple.ROUND // 2


def test_drills_repeat_themselves_with_loss_on_the_repeat(sample):
    drills = [(ids, weights) for ids, weights, about in sample if about["family"] == "drill"]
    for ids, weights in drills:
        half = len(ids) // 2
        assert (ids[:half] == ids[half:]).all() and ids[0] == TEXT
        assert (weights[:half + 1] == 0).all() and (weights[half + 1:] > 0).all()


def test_the_stream_is_determined_by_seed_and_worker(stream):
    take = lambda *which: [ids.tolist() for ids, _ in itertools.islice(iter(stream(*which)), 20)]
    assert take(3, 0) == take(3, 0) != take(3, 1) != take(4, 1)


def test_training_never_sees_what_an_evaluation_asks_for(readings):
    hay, seen = simple.haystack(7), set()
    rows = simple.needles(7, 200, hay)
    assert len({row["needle"] for row in rows}) == 200 and rows == simple.needles(7, 200, hay)
    assert not any(row["needle"] in hay for row in rows)
    split = lambda text: set(re.split(r"(?<=[.?])\s+", text))
    for _, _, about in readings:
        seen |= split("".join(about["chunks"])) | {about["question"]}
    lines = split(hay)
    assert len(seen) > 10_000 and len(lines) > 4000
    assert not seen & lines and not seen & {text for row in rows for text in (row["needle"], row["question"])}
    values = {row["answer"][0] for row in rows} - set(language.PLACES)
    assert len(values) > 100 and not values & {about["answer"] for _, _, about in readings}


def test_pieces_of_held_out_names_are_those_of_training(tokenizer):
    r = random.Random(1)
    ids = lambda held: {id for _ in range(4000) for id in tokenizer.encode(" " + language.drawn(r, language.name, held)).ids}
    assert ids(True) <= ids(False)


@pytest.mark.skipif(not RWKV_PORTABLE.exists(), reason="the decoder file is not built")
def test_from_the_tokenizer_to_an_evaluation(source, tmp_path):
    rwkv_base.make(source, tmp_path / "base", hidden=64, layers=2, head_dim=32)
    options = train.arguments(["--base", str(tmp_path / "base"), "--out", str(tmp_path / "out"), "--stream", "simple", "--length", "512", "--rows", "2",
                               "--accumulate", "1", "--steps", "6", "--warm-up", "2", "--lr", "3e-3", "--workers", "1", "--device", "cpu", "--log-every", "3"])
    train.run(options, train.stream(options))
    rows = [json.loads(line) for line in open(tmp_path / "out" / "log.jsonl")]
    assert rows[-1]["loss"] < rows[0]["loss"]
    export.export(tmp_path / "out", tmp_path / "reader", "tiny", "0", window=simple.WINDOW, chunk=simple.CHUNK, round_=simple.ROUND)
    settings = json.loads((tmp_path / "reader" / "reader.json").read_text())
    assert (settings["window"], settings["chunk"], settings["round"], settings["longestChunk"]) == (2048, 128, 96, 192)
    dump, out = tmp_path / "rows.jsonl", tmp_path / "out.json"
    report = evaluate.main(evaluate.arguments(["--model", str(tmp_path / "reader"), "--task", "simple", "--tokens", "512", "--count", "3", "--mode", "kept",
                                               "one-round", "--device", "cpu", "--workers", "1", "--dump", str(dump), "--out", str(out)]))
    assert [(part["mode"], part["n"], part["chunk"]) for part in report] == [("kept", 3, 128), ("one-round", 3, 128)]
    for row in lines.objects(dump):
        assert row["text"][row["place"]:].startswith(row["evidence"]) and row["answers"][0] in row["evidence"]
        assert row["text"].count(row["evidence"]) == 1 and row["id"] and row["question"].endswith("?")
