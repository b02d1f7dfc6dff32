"""Properties of the training documents. Run: SMOOTHREADING_TOKENIZER=tokenizer.json pytest test_data.py"""
import itertools
import json
import os
import random
import re
from pathlib import Path

import numpy as np
import pytest

import anecdotes
import niah
import scoring
import sentences
import several
from chunker import chunks, to_units
from data import LONGEST, Documents
from protocol import *  # noqa: F403
from reading import Result

HERE = Path(__file__).parent
TOKENIZER = os.environ.get("SMOOTHREADING_TOKENIZER", "tokenizer.json")
pytestmark = pytest.mark.skipif(not Path(TOKENIZER).exists(), reason="set SMOOTHREADING_TOKENIZER to a tokenizer.json")


@pytest.fixture(scope="module")
def documents():
    made = Documents(HERE / "data", TOKENIZER, 7)
    made.tokenizer = load_tokenizer(TOKENIZER)
    return made


@pytest.fixture(scope="module")
def sample(documents):
    return [d for _ in range(250) for d in documents.described()]


def decode(documents, ids):
    return documents.tokenizer.decode([int(i) for i in ids], skip_special_tokens=False)


def parse(ids):
    """Cuts a stream at the reserved ids: [(name id, ids after it)]."""
    reserved = {QUESTION, TEXT, NOTES, LAST_NOTES, END, CLUES, SEPARATOR, REASON, READ, STOP, NOT_FOUND}
    parts = []
    for token in ids:
        if int(token) in reserved:
            parts.append((int(token), []))
        else:
            parts[-1][1].append(int(token))
    return parts


FOLLOWERS = {QUESTION: {TEXT, NOTES}, TEXT: {NOTES, LAST_NOTES}, NOTES: {CLUES}, LAST_NOTES: {CLUES}, CLUES: {SEPARATOR, REASON}, SEPARATOR: {SEPARATOR, REASON},
             REASON: {READ, STOP}, READ: {TEXT}, STOP: {END, NOT_FOUND}, NOT_FOUND: {END}}


def test_layout_and_weights(sample):
    for ids, weights, _ in sample:
        assert len(ids) == len(weights) <= LONGEST and ids.dtype == np.int32 and weights.dtype == np.float32
        parts = parse(ids)
        assert parts[0][0] == QUESTION and parts[-1][0] in (END, READ)
        question, last = parts[0][1], None
        for (name, body), (after, _) in zip(parts, parts[1:]):
            assert after in FOLLOWERS[name], (name, after)
            if name in (NOTES, LAST_NOTES):
                assert body == question
                last = name
            assert not (name == READ and last == LAST_NOTES), "reading goes on after the last chunk"
            assert not (name == NOT_FOUND and last != LAST_NOTES), "not found before the end of the text"
        inside = False  # weights count only from behind [clues] to the end of the round
        for token, weight in zip(ids, weights):
            assert weight == 0 or inside
            if token == CLUES:
                inside = True
            elif token in (READ, END):
                inside = False
        assert weights.sum() > 0


def test_clues_are_verbatim_and_accumulate(documents, sample):
    for ids, _, about in sample:
        known = []
        assert "{" not in about["question"] or about["family"] in ("real", "made")
        for part, round_ in zip(about["chunks"], about["rounds"]):
            assert round_.known == known
            for clue in round_.new:
                assert len(clue) <= CLUE_LIMIT and decode(documents, clue) in part
            known = known + round_.new


def test_clues_go_on_as_the_chunk_does(documents, sample):
    inside = total = 0
    for _, _, about in sample:
        for part, round_ in zip(about["chunks"], about["rounds"]):
            ids = " ".join(map(str, documents.writer.ids(part)))
            total += len(round_.new)
            inside += sum(" %s " % " ".join(map(str, clue)) in " %s " % ids for clue in round_.new)
    assert inside > .9 * total > 100
    writer = documents.writer
    assert writer.clue("One. Two is here.", 5, 17) == writer.ids(" Two is here.") != writer.clue("One.\nTwo is here.", 5, 17) == writer.ids("Two is here.")


def test_weights(documents):
    writer, one, two = documents.writer, [100, 101], [102, 103, 104]
    ids, weights = writer.round(Round([one], [two]), [])
    assert weights[:8] == [0, 0, KNOWN, KNOWN, FOUND, PLAIN, PLAIN, PLAIN] and ids[4] == SEPARATOR
    ids, weights = writer.round(Round([one], []), [])
    assert weights[:5] == [0, 0, KNOWN, KNOWN, PLAIN] and ids[4] == REASON
    ids, weights = writer.round(Round([], [one], stop=True, answer=two, last=True), [])
    assert weights[2] == FOUND and weights[-4:] == [ANSWER] * 3 + [PLAIN]


def test_anecdotes_hold_their_answers():
    r = random.Random(1)
    assert len(anecdotes.FRAMES) >= 150 and min(len(f[1]) for f in anecdotes.FRAMES) >= 2
    needles = [json.loads(line) for line in open(HERE / "eval" / "needles.jsonl", encoding="utf-8")]
    grams = lambda text: {tuple(w[i:i + 5]) for w in [re.findall(r"[a-z']+", text.lower())] for i in range(len(w) - 4)}
    seen = set().union(*(grams(n["needle"]) for n in needles))
    for line in anecdotes.FRAMES:
        assert not grams(line[0]) & seen, line
        for _ in range(10):
            made = anecdotes.Anecdote(r, line)
            assert made.answer in made.sentence and not set("{}~") & set(made.sentence + made.question)


def test_written_sentences_hold_their_answers_and_near_misses_do_not():
    r = random.Random(1)
    needles = [json.loads(line) for line in open(HERE / "eval" / "needles.jsonl", encoding="utf-8")]
    grams = lambda text: {tuple(w[i:i + 5]) for w in [re.findall(r"[a-z']+", text.lower())] for i in range(len(w) - 4)}
    seen = set().union(*(grams(n["needle"]) for n in needles))
    assert len(sentences.TRAIN) > 1000 and len({s.text for s in sentences.TRAIN + sentences.DEV}) == len(sentences.TRAIN + sentences.DEV)
    for line in sentences.TRAIN + sentences.DEV:
        assert len(line.questions) >= 2 and not grams(line.text) & seen and not grams(line.near) & seen, line.text
        sentence, question, answer, near = line.renamed(r)
        assert answer in sentence and question[-1] == "?" and answer.lower() not in near.lower()


def test_hops_and_rivals_hold_their_answers_where_they_belong():
    evaluated = [row for row in map(json.loads, open(HERE / "eval" / "several.jsonl", encoding="utf-8"))]
    grams = lambda text: {tuple(w[i:i + 5]) for w in [re.findall(r"[a-z']+", text.lower())] for i in range(len(w) - 4)}
    seen = set().union(*(grams(text) for row in evaluated for text in row["needles"] + row["others"]))
    for line in several.HOPS + several.DEV_HOPS:
        assert not grams(line.first + line.second) & seen, line.first
        assert line.answer in line.second and line.answer not in line.first + line.rival_first + line.rival_second, line.first
        assert len(line.questions) == 2 and all(question[-1] == "?" for question in line.questions), line.first
    for line in several.RIVALS + several.DEV_RIVALS:
        assert not grams(line.text) & seen, line.text
        assert line.answer in line.text and len(line.rivals) == 3, line.text
        assert all(line.answer.lower() not in rival.lower() for rival in line.rivals), line.text


def test_two_questions_in_one_are_answered_in_their_order():
    r, parts = random.Random(5), set()
    for _ in range(300):
        plan = several.both(r)
        parts.add(len(plan.needed))
        assert plan.everything == (len(plan.needed) == 1) and (plan.answer is None) == (not plan.needed)
        evidence = {piece.marks[0][2]: piece.text for piece in plan.pieces if piece.marks}
        rest = plan.answer or ""
        for name in sorted(plan.needed):  # each answer stands in its sentence, in the order of the questions
            found = next(rest[:n] for n in range(len(rest), 0, -1) if rest[:n] in evidence[name])
            rest = rest[len(found):].removeprefix(", ")
        assert not rest
    assert parts == {0, 1, 2}


def test_the_budget_of_a_round_holds(documents, sample):
    for _, _, about in sample:
        for round_ in about["rounds"]:
            written = documents.writer.round(round_, [])
            assert written is None or len(written[0]) - 2 <= ROUND_BUDGET


def test_answers_rest_on_clues(documents, sample):
    for _, _, about in sample:
        last = about["rounds"][-1]
        if about["answer"] and about["family"] in ("single", "two hops", "anecdote", "written", "hops", "rivals", "book") and last.answer is not None:
            clues = " ".join(" ".join(about["evidence"]).split())
            assert " ".join(about["answer"].split()).lower() in clues.lower()


def test_chunks_fit_and_cover(documents):
    text = "One \U0001F600 two.\n\nThree; four – five. " * 90 + "x" * 700 + "\U0001F600" * 300
    for limit in (16, 65, 128, 300):
        parts = chunks(text, limit, documents.writer.encode)
        assert "".join(parts) == text
        assert all(len(documents.writer.ids(p)) <= limit for p in parts)


def test_chunks_end_at_the_coarsest_separator(documents):
    text = "a b c. d e f. g h i. j k.\n\n" + "word " * 40
    first = chunks(text, 20, documents.writer.encode)[0]
    assert first.endswith("\n\n")
    parts = chunks("alpha beta gamma " * 50, 24, documents.writer.encode, boundaries=[100])
    assert len(to_units(parts[0])) == 100


def test_the_stream_is_determined_by_seed_and_worker():
    take = lambda seed, worker: list(itertools.islice(iter(Documents(HERE / "data", TOKENIZER, seed, worker, 2)), 6))
    first, again, other = take(3, 0), take(3, 0), take(3, 1)
    assert all((a[0] == b[0]).all() and (a[1] == b[1]).all() for a, b in zip(first, again))
    assert any(len(a[0]) != len(b[0]) or (a[0] != b[0]).any() for a, b in zip(first, other))


def test_held_out_questions_are_not_trained_on(documents):
    dev = {row["question"].lower() for row in documents.dev_questions()}
    train = {row["question"].lower() for group in documents.questions.groups for row in group}
    assert len(dev) > 200 and len(dev & train) < 5


def test_no_evaluation_needle_is_in_the_training_text(sample):
    needles = [json.loads(line) for line in open(HERE / "eval" / "needles.jsonl", encoding="utf-8")]
    assert len(needles) == 80
    for needle in needles:
        assert any(a.lower() in needle["needle"].lower() for a in needle["answer"])
    for _, _, about in sample:
        text = " ".join("".join(about["chunks"]).split())
        assert not any(n["needle"] in text or n["question"] == about["question"] for n in needles)
        assert "best thing to do in San Francisco" not in text and "special magic number" not in text


def test_shares(sample):
    without = np.mean([about["answer"] is None for _, _, about in sample])
    assert .15 < without < .38
    assert np.mean([len(about["chunks"]) == 1 for _, _, about in sample]) > .08


def test_several_needles_stand_in_their_order(documents):
    rows = [{"id": "a", "kind": "hops", "question": "?", "needles": ["Ann lives in Oslo.", "Oslo lies on a fjord."], "others": ["Bob lives in Rome."], "answer": [["fjord"]]},
            {"id": "b", "kind": "values", "question": "?", "needles": ["One is red.", "Two is blue."], "others": [], "answer": [["red"], ["blue", "azure"]]}]
    hay = niah.Hay(["A sentence of hay follows another. " * 400], documents.writer.encode)
    for document in niah.several(hay, rows, 700, 6, 3):
        row = next(row for row in rows if document.id.endswith(row["id"]))
        assert [document.text[at:at + len(text)] for at, text in document.marks] == row["needles"]
        assert sorted(document.marks) == document.marks and all(other in document.text for other in row["others"])
        said = lambda answer: scoring.judge(document, Result(answer=documents.writer.ids(answer)), [(0, len(document.text))], documents.tokenizer.decode)
        assert said(" ".join(accepted[-1] for accepted in row["answer"]))["correct"] and not said("red and Rome")["correct"]


def test_a_question_on_a_book_has_one_place_and_its_near_sentence_stands_there(documents):
    for row in documents.books.train + documents.books.dev:
        passage = [documents.haystack.sections[n] for n in range(row["from"], row["to"] + 1)]
        if row["a"] is None:
            assert not row["near"] or row["near"] in documents.haystack.sections[row["s"]], row["q"]
        else:
            assert sum(text.count(row["e"]) for text in passage) == 1 and " ".join(row["a"].split()) in " ".join(row["e"].split()), row["q"]
    r, outcomes = random.Random(2), set()
    for _ in range(60):
        plan = documents.books.plan(r)
        marks = [piece.text[s:e] for piece in plan.pieces for s, e, _ in piece.marks]
        outcomes.add((plan.answer is None, len(marks)))
        assert plan.answer is None or plan.answer in " ".join(marks[0].split())
    assert outcomes == {(True, 0), (False, 1)}
