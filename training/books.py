"""Questions on long passages of real books and speeches, in which the same people and things come up again and again.

books.jsonl: {"from", "s", "to": rows of haystack-extra.jsonl.gz, "q", "a", "e"}: within the passage of rows from..to only the
sentence "e" in row "s" answers "q". Without an answer, "near" is the sentence that could be taken for it.
"""
from pathlib import Path

from facts import ask
from haystack import Piece
from lines import objects
from plans import Plan
from real import replace
from sentences import held_out, new_names


class Books:
    """`sections`: the texts of haystack-extra.jsonl.gz, in its order."""

    def __init__(self, sections):
        rows = objects(Path(__file__).parent / "books.jsonl")
        # By passage: its questions share a text.
        self.train = [row for row in rows if not held_out(row["from"])]
        self.dev = [row for row in rows if held_out(row["from"])]
        self.sections = sections

    def plan(self, r):
        """The passage, or a part of it that holds the evidence; in a fifth the evidence is cut out."""
        row = r.choice(self.train)
        first, last = (row["from"], row["to"]) if r.random() < .5 else (r.randint(row["from"], row["s"]), r.randint(row["s"], row["to"]))
        evidence, answer = row["e"], row["a"]
        texts = [self.sections[number] for number in range(first, last + 1)]
        if answer is not None and r.random() < .2:
            texts[row["s"] - first] = texts[row["s"] - first].replace(evidence, " ")
            answer = None
        table = new_names(r, [row["q"], "\n".join(texts)], 2)
        texts = [replace(text, table) for text in texts]
        question = replace(row["q"], table)
        pieces = [Piece(text) for text in texts]
        if answer is not None:
            piece, evidence = pieces[row["s"] - first], replace(evidence, table)
            start = piece.text.find(evidence)
            piece.marks.append((start, start + len(evidence), 0))
            answer = " ".join(replace(answer, table).split())
        return Plan(ask(r, [question]), answer, pieces, {0}, family="book", truth=row["a"], whole=True)
