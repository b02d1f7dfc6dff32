"""Test documents: a needle in a haystack, or a real passage in one; the same documents for Python and Java."""

import random
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lines import objects


@dataclass
class Document:
    id: str
    question: str
    text: str
    answers: list[str]            # any of them is right; none: the text does not say
    evidence: str = ""            # verbatim in the text, or empty
    place: int = -1               # where the evidence (or the passage) begins, in characters
    tokens: int = 0
    depth: float = -1.0
    chunks: list[list[int]] = field(default_factory=list, repr=False)
    every: list[list[str]] = field(default_factory=list)  # instead of answers: one of each list has to be said
    marks: list[tuple[int, str]] = field(default_factory=list)  # instead of place and evidence: several

    def told(self) -> list[tuple[int, str]]:
        """Where the evidence stands, all of it; nothing where the text does not answer."""
        return self.marks or ([(self.place, self.evidence)] if self.place >= 0 and self.evidence else [])

    def row(self) -> dict:
        """A line for the command line of the Java reader."""
        row = asdict(self)
        row.pop("chunks")
        return row


def texts(path: Path) -> list[str]:
    """The texts of a JSON-lines file (field "text"), or of a plain file."""
    if ".jsonl" in Path(path).name:
        return [row["text"] for row in objects(path)]
    return [Path(path).read_text(encoding="utf-8")]


class Hay:
    """Cuts haystacks of a wanted number of tokens out of long texts."""

    def __init__(self, sources: list[str], encode):
        self.sources, self.encode = sources, encode
        self.total = sum(map(len, sources))

    def place(self, tokens: int, pick: random.Random) -> tuple[int, int]:
        """What `cut` needs: how many tokens, from where."""
        return tokens, pick.randrange(self.total) if tokens > 0 else 0

    def cut(self, place: tuple[int, int]) -> str:
        """Text from a place on, going round; it ends behind a sentence or line."""
        tokens, start = place
        if tokens <= 0:
            return ""
        wanted = 5 * tokens + 1000
        while True:
            text = self._from(start, wanted)
            offsets = self.encode(text).offsets
            if len(offsets) > tokens:
                text = text[:offsets[tokens - 1][1]]
                break
            wanted *= 2
        ends = places(text[len(text) // 2:])
        return text[:len(text) // 2 + ends[-1]] if ends else text

    def _from(self, start: int, length: int) -> str:
        at = 0
        while start >= len(self.sources[at]):
            start -= len(self.sources[at])
            at += 1
        # A reading begins at a paragraph or line where there is one near.
        source = self.sources[at]
        line = source.find("\n", start, start + 2000)
        pieces, have = [source[line + 1 if line >= 0 else start:]], 0
        while (have := sum(map(len, pieces))) < length:
            at = (at + 1) % len(self.sources)
            pieces.append("\n\n" + self.sources[at])
        return "".join(pieces)[:length].lstrip()


def places(text: str) -> list[int]:
    """Offsets behind sentences: where a needle may stand."""
    return [match.end() for match in re.finditer(r"[.!?][\"')\]]*\s+", text)]


def hide(hay: str, needle: str, depth: float) -> tuple[str, int]:
    """The needle as a sentence of its own at the nearest place to `depth` (0..1), and its offset."""
    if not hay:
        return needle, 0
    wanted = depth * len(hay)
    spots = [0] + places(hay) + [len(hay)]
    at = min(spots, key=lambda spot: abs(spot - wanted))
    before = "" if at == 0 or hay[at - 1].isspace() else " "
    after = "" if at == len(hay) else " "
    return hay[:at] + before + needle + after + hay[at:], at + len(before)


def needles(hay: Hay, rows: list[dict], tokens: int, count: int, seed: int, absent: bool, each=map) -> list[Document]:
    """`count` documents of about `tokens` tokens; depths spread evenly. `absent`: the needle is left out. `each` maps, as a
    pool does: cutting long texts takes long."""
    pick = random.Random(f"{seed}/{tokens}/{absent}")
    order = pick.sample(range(len(rows)), len(rows))
    depths = [(i + 0.5) / count for i in range(count)]
    pick.shuffle(depths)
    documents, chosen = [], [rows[order[i % len(order)]] for i in range(count)]
    texts = each(hay.cut, [hay.place(tokens - len(hay.encode(row["needle"]).ids), pick) for row in chosen])
    for i, (depth, row, text) in enumerate(zip(depths, chosen, texts)):
        place = -1
        if not absent:
            text, place = hide(text, row["needle"], depth)
        documents.append(Document(
            id=f"niah-{tokens}-{'absent-' if absent else ''}{i}-{row['id']}", question=row["question"], text=text,
            answers=[] if absent else row["answer"], evidence="" if absent else row["needle"], place=place,
            depth=depth))
    return documents


def several(hay: Hay, rows: list[dict], tokens: int, count: int, seed: int, each=map) -> list[Document]:
    """Several needles in one haystack: look-alikes of other keys, several values, several questions in one, two hops. All
    `needles` of a row are hidden in their order, its `others` anywhere."""
    pick = random.Random(f"{seed}/{tokens}/several")
    chosen = [rows[i % len(rows)] for i in pick.sample(range(max(count, len(rows))), count)]
    size = lambda row: sum(len(hay.encode(text).ids) for text in row["needles"] + row["others"])
    texts = each(hay.cut, [hay.place(tokens - size(row), pick) for row in chosen])
    documents = []
    for i, (row, text) in enumerate(zip(chosen, texts)):
        order = list(row["needles"])
        for other in row["others"]:
            order.insert(pick.randint(0, len(order)), other)
        depths = sorted(pick.random() for _ in order)
        for needle, depth in reversed(list(zip(order, depths))):  # from the end, so that depths stay where they are
            text, _ = hide(text, needle, depth)
        documents.append(Document(
            id=f"{row['kind']}-{tokens}-{i}-{row['id']}", question=row["question"], text=text, answers=[], every=row["answer"],
            marks=[(text.find(needle), needle) for needle in row["needles"]], depth=depths[-1]))
    return documents


def passages(hay: Hay, rows: list[dict], tokens: int, count: int, seed: int, each=map) -> list[Document]:
    """Held-out questions on one passage each, hidden as a paragraph; 0 tokens: the passage alone."""
    pick = random.Random(f"{seed}/{tokens}")
    rows = [row for row in rows if row["answers"] and len(row["passages"]) == 1]
    rows = random.Random(seed).sample(rows, min(count, len(rows)))  # the same questions at every length
    documents = []
    passage_of = lambda row: row["passages"][0]["text"].strip()
    texts = each(hay.cut, [hay.place(tokens - len(hay.encode(passage_of(row)).ids), pick) for row in rows])
    for i, (row, text) in enumerate(zip(rows, texts)):
        passage = passage_of(row)
        evidence = (row["passages"][0]["evidence"] or [""])[0]
        depth = (i + 0.5) / len(rows)
        text, _ = hide(text, f"\n\n{passage}\n\n" if text else passage, depth)
        documents.append(Document(
            id=f"question-{tokens}-{i}", question=row["question"], text=text, answers=row["answers"],
            evidence=evidence, place=text.find(evidence) if evidence else -1, depth=depth))
    return documents


def books(rows: list[dict], sections: list[str], count: int, seed: int) -> list[Document]:
    """Questions on passages of books, asked over the whole passage."""
    documents = []
    for i, row in enumerate(random.Random(seed).sample(rows, min(count, len(rows)))):
        text = "\n\n".join(sections[row["from"]:row["to"] + 1])
        answered = row["a"] is not None
        place = text.find(row["e"]) if answered else -1
        documents.append(Document(
            id=f"book-{i}-{row['s']}", question=row["q"], text=text, answers=[" ".join(row["a"].split())] if answered else [],
            evidence=row["e"] if answered else "", place=place, depth=max(0, place) / len(text)))
    return documents
