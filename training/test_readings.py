"""The file of whole readings: what is read is what was written, and what breaks a rule is refused."""
import json
import os
from pathlib import Path

import pytest

import readings
from data import Documents
from protocol import ROUND_BUDGET, Writer, load_tokenizer

HERE = Path(__file__).parent
SAMPLE = HERE / "readings-sample.jsonl"
BROKEN = [json.loads(line) for line in (HERE / "readings-broken.jsonl").read_text(encoding="utf-8").splitlines()]
TOKENIZER = os.environ.get("SMOOTHREADING_TOKENIZER", "tokenizer.json")
needs_tokenizer = pytest.mark.skipif(not Path(TOKENIZER).exists(), reason="set SMOOTHREADING_TOKENIZER to a tokenizer.json")


@needs_tokenizer
def test_the_sample_becomes_documents():
    tokenizer = load_tokenizer(TOKENIZER)
    writer, rows = Writer(tokenizer), readings.read(SAMPLE)
    assert len(rows) == 4
    for row in rows:
        question, chunks, rounds = readings.document(writer, row)
        assert tokenizer.decode(question, skip_special_tokens=False) == row["question"]
        assert [tokenizer.decode(ids, skip_special_tokens=False) for ids in chunks] == [r["chunk"] for r in row["rounds"]]
        for made, wanted in zip(rounds, row["rounds"]):
            assert [tokenizer.decode(clue, skip_special_tokens=False).strip() for clue in made.new] == wanted["clues"]
            assert made.stop == (wanted["action"] == "stop") and len(writer.round(made, question)[0]) < ROUND_BUDGET
        assert rounds[-1].last == row["complete"] and (rounds[-1].answer is None) == (row["answer"] is None)


@needs_tokenizer
def test_they_are_a_fifth_of_the_stream():
    documents = Documents(HERE / "data", TOKENIZER, 3, taught=[SAMPLE])
    made = [d for _ in range(150) for d in documents.described()]
    assert .1 < sum(about["family"] == "taught" for _, _, about in made) / len(made) < .32


@pytest.mark.parametrize("change, rule", [
    (lambda row: row.update(question=" "), "question is blank"),
    (lambda row: row.update(answer=""), "answer is blank"),
    (lambda row: row.update(rounds=[]), "no round"),
    (lambda row: row["rounds"][0].update(action="stop"), "stop stands in the last round"),
    (lambda row: row["rounds"][1].update(action="maybe"), "neither read nor stop"),
    (lambda row: row["rounds"][1].update(clues=["The clock was mended."]), "does not hold the clue"),
    (lambda row: row.update(answer=None), "stops early without an answer"),
    (lambda row: row.update(everything=True), "stops early though everything"),
])
def test_a_broken_rule_is_named_with_its_line(tmp_path, change, rule):
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    change(rows[0])
    file = tmp_path / "readings.jsonl"
    file.write_text("\n".join(map(json.dumps, [rows[1], rows[0]])), encoding="utf-8")
    with pytest.raises(readings.BadReading, match="line 2: .*" + rule):
        readings.read(file)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken["rule"])
def test_both_sides_refuse_the_same(broken, tmp_path):
    """The Java side reads the same file of broken readings (TrainingReadingTest)."""
    file = tmp_path / "readings.jsonl"
    file.write_text("\n" + json.dumps(broken["reading"]), encoding="utf-8")
    with pytest.raises(readings.BadReading, match="line 2: .*" + broken["rule"]):
        readings.read(file)
