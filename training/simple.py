"""An easy stream of training documents, from which a small model learns the loop from random weights.

    for ids, weights in SimpleDocuments(tokenizer_path, seed, worker, workers): ...

What has to emerge is copying: a clue is found in the chunk and repeated id by id. A small model learns that from many
short readings, so most documents are one or few short chunks, a quarter has nothing to find, and other facts of the same
form stand around the one that is asked for. `DRILLS` of them are no readings at all: a run of random ids comes twice, with
loss on the second; nothing but copying lowers it. The language is simple_language.py's, the layout protocol.py's.

python simple.py --tokenizer simple-base/tokenizer.json --show 5   prints documents to read.
"""

import random

import simple_language as language
from data import Documents, show
from plans import Plan
from protocol import FOUND, PLAIN, TEXT, Writer, arrays, load_tokenizer

CHUNK, ROUND, WINDOW = 128, 96, 2048  # what reader.json says of a reader that was trained on this
DRILLS = .15
NO_ANSWER = .3
LENGTHS = ((.35, (10, 60)), (.35, (60, 160)), (.2, (160, 640)), (.1, (640, 2200)))  # share, tokens of the text
PARAGRAPH = (2, 7)  # sentences


class SimpleDocuments(Documents):
    """`drills`: the share of documents that are drills; `longest`: cuts long texts off, in tokens."""

    def __init__(self, tokenizer_path, seed, worker=0, workers=1, drills=DRILLS, longest=2200):
        self.writer = Writer(load_tokenizer(tokenizer_path))
        self.random = random.Random("simple/%s/%s/%s" % (seed, worker, workers))
        self.drills, self.longest, self.report = drills, longest, {}

    def described(self):
        r = self.random
        if r.random() < self.drills:
            return [(*drill(r, self.writer), {"family": "drill"})]
        question, answer, text, marks = passage(r, self.size(r))
        chunk = CHUNK if r.random() < .5 else r.randint(CHUNK // 2, CHUNK)
        return self.written(r, Plan(question, answer, [], {0}, family="simple"), text, marks, chunk) or []

    def size(self, r):
        """Tokens of the text."""
        (low, high), = r.choices([x for _, x in LENGTHS], [share for share, _ in LENGTHS])
        return min(self.longest, int(low * (high / low) ** r.random()))


def passage(r, tokens, held=False):
    """(question, answer or None, text, marks) of about so many tokens."""
    asked = language.fact(r, held)
    sentences = around(r, asked, tokens / 10, held)
    answer = asked.answer if r.random() >= NO_ANSWER else None
    if answer is not None:
        sentences.insert(r.randint(0, len(sentences)), asked.sentence)
    text, marks, left = "", [], r.randint(*PARAGRAPH)
    for sentence in sentences:
        if text:
            left -= 1
            text += " " if left else "\n"
            left = left or r.randint(*PARAGRAPH)
        if answer is not None and sentence == asked.sentence:
            marks.append((len(text), len(text) + len(sentence), 0))
        text += sentence
    return asked.question, answer, text, marks


def around(r, asked, count, held):
    """Sentences that do not answer: filler, and facts of which many are like the one that is asked for."""
    share, sentences = r.choice([0, .1, .25, .25, .5, .5]), []
    while len(sentences) < count:
        if r.random() >= share:
            sentences.append(language.filler(r, held))
            continue
        other = language.fact(r, held, asked.kind if r.random() < .5 else None)
        if other.kind != asked.kind or other.key != asked.key:
            sentences.append(other.sentence)
    return sentences


def drill(r, writer):
    """A run of words in no order, and again, with loss where it comes again."""
    words = language.words()
    run = writer.ids("".join(r.choice(words) for _ in range(r.randint(4, 30))))
    first = [TEXT] + run
    return arrays(first + first, [0.0] * len(first) + [0.0, FOUND] + [PLAIN] * (len(run) - 1))


def haystack(seed, sentences=6000, facts=.1):
    """Held-out filler with facts in between, which an evaluation hides needles in."""
    r, lines, left = random.Random("hay/%s" % seed), [[]], 0
    for _ in range(sentences):
        if left == 0:
            lines.append([])
            left = r.randint(*PARAGRAPH)
        left -= 1
        lines[-1].append(language.fact(r, True).sentence if r.random() < facts else language.filler(r, True))
    return "\n".join(" ".join(line) for line in lines[1:])


def needles(seed, count, hay):
    """Rows as in eval/needles.jsonl, of held-out facts whose key stands nowhere in the haystack."""
    r, rows = random.Random("needles/%s" % seed), {}
    while len(rows) < count:
        made = language.fact(r, True)
        start = made.sentence.split(made.answer)[0] if not made.sentence.startswith(made.answer) else made.sentence
        if start not in hay and (made.kind, made.key) not in rows:
            rows[made.kind, made.key] = {"id": "%s-%d" % (made.kind, len(rows)), "needle": made.sentence, "question": made.question, "answer": [made.answer]}
    return list(rows.values())


if __name__ == "__main__":
    import argparse
    p = argparse.ArgumentParser()
    p.add_argument("--tokenizer", required=True)
    p.add_argument("--seed", default=0)
    p.add_argument("--show", type=int, default=5)
    given = p.parse_args()
    documents = SimpleDocuments(given.tokenizer, given.seed)
    documents.tokenizer = load_tokenizer(given.tokenizer)
    show(documents, given.show)
