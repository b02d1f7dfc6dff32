"""Fills in the golden files that tie the Java reader to the training data: chunks, their ids, the ids of a reading.

    python make_chunk_goldens.py            # after a change of the rules
    python make_chunk_goldens.py --check    # says whether the files are up to date

Each file gives `limit` and `parts` (header, text), and for a whole reading `question`, `answer` and one `clue` (or null)
per chunk in `clues`. Written are `chunks` (text, ids) and `stream`, the ids of the reading with its memory kept.
"""

import argparse
import json
import sys
from pathlib import Path

from chunker import chunks, to_units
from protocol import Round, Writer, load_tokenizer

MODULE = Path(__file__).resolve().parent.parent / "smoothreading-model-smollm2" / "src"
TOKENIZER = MODULE / "main/resources/io/github/smoothreading/model/smollm2/tokenizer.json"
GOLDENS = MODULE / "test/resources/goldens/chunks"


def running_text(parts):
    """The parts as one text, and where each begins, in UTF-16 code units."""
    text, boundaries = "", []
    for number, part in enumerate(parts):
        text += "\n\n" if number else ""
        boundaries.append(len(to_units(text)))
        header = part["header"]
        text += header + ("\n" if header and not header.endswith("\n") else "") + part["text"]
    return text, boundaries


def stream(golden, chunk_ids, writer):
    rounds, known = [], []
    for number, clue in enumerate(golden["clues"]):
        new = [] if clue is None else [writer.ids(clue)]
        last = number == len(chunk_ids) - 1
        answer = None if golden["answer"] is None else writer.ids(golden["answer"])
        rounds.append(Round(list(known), new, stop=last, answer=answer, last=last))
        known += new
    assert len(rounds) == len(chunk_ids), f"{len(rounds)} clues for {len(chunk_ids)} chunks"
    return writer.kept(writer.ids(golden["question"]), chunk_ids, rounds)[0].tolist()


def fill(golden, writer):
    text, boundaries = running_text(golden["parts"])
    pieces = chunks(text, golden["limit"], writer.encode, boundaries)
    golden["chunks"] = [{"text": piece, "ids": writer.ids(piece)} for piece in pieces]
    if "question" in golden:
        golden["stream"] = stream(golden, [chunk["ids"] for chunk in golden["chunks"]], writer)
    return golden


def dump(golden):
    """JSON with a line for each part, chunk and other value."""
    def value(v):
        if isinstance(v, list) and v and isinstance(v[0], dict):
            return "[\n" + ",\n".join("  " + json.dumps(item) for item in v) + "\n ]"
        return json.dumps(v)
    return "{\n" + ",\n".join(f" {json.dumps(k)}: {value(v)}" for k, v in golden.items()) + "\n}\n"


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--tokenizer", type=Path, default=TOKENIZER)
    p.add_argument("--check", action="store_true")
    args = p.parse_args()
    writer, stale = Writer(load_tokenizer(args.tokenizer)), []
    for path in sorted(GOLDENS.glob("*.json")):
        old = path.read_text(encoding="utf-8")
        new = dump(fill(json.loads(old), writer))
        if new != old:
            stale.append(path.name)
            if not args.check:
                path.write_text(new, encoding="utf-8")
    print(("not up to date: " if args.check else "written: ") + ", ".join(stale) if stale else "up to date")
    sys.exit(1 if args.check and stale else 0)
