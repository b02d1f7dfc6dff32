"""An endless, seeded stream of training documents: (ids, loss weights) in the layout of protocol.py.

    for ids, weights in Documents(data_dir, tokenizer_path, seed, worker, workers): ...

python data.py --data data --tokenizer tokenizer.json --show 5   prints documents to read.
"""
import random
import re
from pathlib import Path

import books
import made
import plans
import readings
import real
import sentences
import several
from chunker import chunks
from haystack import Haystack, hide, lay_out, quoted, together
from protocol import CLUE_LIMIT, Round, Writer, load_tokenizer

FAMILIES = {"single": 10, "anecdote": 6, "written": 22, "both": 14, "hops": 12, "rivals": 10, "list": 6, "update": 2, "two hops": 4, "real": 34, "book": 12, "made": 10}
LONGEST = 16_200  # ids of one document
SHORT, LONG = 700, 14_000  # tokens of text


class Documents:
    def __init__(self, data_dir, tokenizer_path, seed, worker=0, workers=1, taught=()):
        """`taught`: files of whole readings (READINGS.md), a fifth of all documents then."""
        data_dir = Path(data_dir)
        self.taught = [row for path in taught for row in readings.read(path)]
        self.writer = Writer(load_tokenizer(tokenizer_path))
        self.haystack = Haystack(data_dir)
        self.questions = real.Questions(data_dir)
        self.books = books.Books(self.haystack.sections)
        self.plans = {
            "single": plans.single, "anecdote": plans.told, "written": sentences.written, "both": several.both, "hops": several.hops,
            "rivals": several.rivals, "list": plans.listed, "update": plans.updated, "two hops": plans.two_hops,
            "real": self.questions.plan, "book": self.books.plan, "made": lambda r: made.made(r, self.haystack)}
        self.random = random.Random("%s/%s/%s" % (seed, worker, workers))
        self.report = {}  # how many documents of each outcome

    def __iter__(self):
        failed = count = 0
        while True:
            count += 1
            try:
                documents = self.described()
            except Exception:  # one odd text must not end a long run; many are a defect
                failed += 1
                self.report["failed"] = failed
                if failed > 5 + count // 100:
                    raise
                continue
            yield from (document[:2] for document in documents)

    def dev_questions(self):
        """The held-out rows, never trained on."""
        return self.questions.dev

    def described(self):
        """The documents of one reading with what they were made of: (ids, weights, description)."""
        r = self.random
        if self.taught and r.random() < .2:
            return self.taught_reading(r)
        family = r.choices(list(FAMILIES), list(FAMILIES.values()))[0]
        plan = self.plans[family](r)
        result = [] if plan is None else self.reading(r, plan)
        self.report[family, "kept" if result else "left out"] = self.report.get((family, "kept" if result else "left out"), 0) + 1
        return result

    def taught_reading(self, r):
        row = r.choice(self.taught)
        made = readings.document(self.writer, row)
        ids = made and self.writer.kept(*made)
        self.report["taught", "kept" if ids else "left out"] = self.report.get(("taught", "kept" if ids else "left out"), 0) + 1
        if not ids or len(ids[0]) > LONGEST:
            return []
        return [(*ids, {"family": "taught", "question": row["question"], "answer": row["answer"], "chunks": [x["chunk"] for x in row["rounds"]], "rounds": made[2],
                        "chunk": max(map(len, made[1])), "evidence": [clue for x in row["rounds"] for clue in x["clues"]]})]

    def sizes(self, r, plan):
        """Tokens of a chunk and of the text."""
        x = r.random()
        chunk = 1024 if x < .4 else 512 if x < .6 else int(128 * 12 ** r.random())
        longest = LONG if chunk >= 400 else LONG // 4
        length = int(SHORT * (longest / SHORT) ** r.random() ** .85)
        # A short text is as likely to hold no answer as a long one; else its last round learns to expect one.
        if plan.small or r.random() < (.1 if plan.answer is not None else .25):
            length = int(chunk * r.uniform(.05, .8))
        return chunk, length

    def reading(self, r, plan):
        chunk_size, length = self.sizes(r, plan)
        inserted = sum(len(p.text) for p in plan.pieces) / 4.2
        kind = plan.kind if plan.kind and r.random() < .7 else self.haystack.kind(r)
        characters = 0 if plan.whole else max(0, length - inserted) * (3.2 if kind in ("code", "synthetic") else 4.3)
        paragraphs = self.haystack.filler(r, kind, characters) if characters > 100 else []
        paragraphs += self.haystack.look_alikes(r, plan.question, plan.look_alikes if length > 900 else min(1, plan.look_alikes))
        paragraphs = [p for p in paragraphs if not rival(p, plan)]
        if plan.look_alikes and kind == "encyclopaedia":
            r.shuffle(paragraphs)
        elif plan.look_alikes:
            for paragraph in paragraphs[-plan.look_alikes:]:
                paragraphs.insert(r.randrange(len(paragraphs)), paragraphs.pop())
        pieces = hide(r, paragraphs, plan.pieces, kind)
        text, marks = lay_out(r, pieces, kind)
        for attempt in range(3):
            result = self.written(r, plan, text, sorted(marks), chunk_size)
            if result is not None:
                return result
            chunk_size = max(128, int(chunk_size * r.uniform(.8, 1)))  # other cuts, which may spare the clue
        return []

    def written(self, r, plan, text, marks, chunk_size):
        parts = chunks(text, chunk_size, self.writer.encode)
        rounds = self.rounds(r, plan, text, marks, parts)
        if not rounds:
            return None
        parts = parts[:len(rounds)]
        question_ids = self.writer.ids(plan.question)
        if len(question_ids) > 120:
            return []
        chunk_ids = [self.writer.ids(p) for p in parts]
        described = {"family": plan.family, "question": plan.question, "answer": plan.answer, "chunks": parts, "rounds": rounds, "chunk": chunk_size,
                     "evidence": [text[s:e] for s, e, _ in marks]}
        if r.random() < .1:
            picked = sorted({len(rounds) - 1, r.randrange(len(rounds)), r.randrange(len(rounds))} | {n for n, x in enumerate(rounds) if x.new})
            made = [self.writer.dropped(question_ids, chunk_ids, rounds, n) for n in picked if rounds[n].action_counts or rounds[n].stop]
        else:
            made = [self.writer.kept(question_ids, chunk_ids, rounds)]
        return [(ids, weights, described) for ids, weights in (m for m in made if m is not None) if len(ids) <= LONGEST]

    def rounds(self, r, plan, text, marks, parts):
        """What is written after each chunk; None when a clue would be cut by a chunk's end or is too long."""
        start, known, seen, told, result = 0, [], set(), set(), []
        read_on = not plan.everything and r.random() < .25
        for number, part in enumerate(parts):
            end, new, last = start + len(part), [], number == len(parts) - 1
            for s, e, name in marks:
                if start <= s < end:
                    clue = self.writer.clue(part, s - start, e - start)
                    if e > end or len(clue) > CLUE_LIMIT:
                        return None
                    if text[s:e] not in told:
                        new.append(clue)
                    told.add(text[s:e])
                    seen.add(name)
            complete = plan.answer is not None and plan.needed <= seen
            stop = last or (complete and not plan.everything and not read_on)
            answer = self.writer.answer(plan.answer) if complete else None
            result.append(Round(list(known), new, stop, answer, last, action_counts=stop or not complete or plan.everything))
            known += new
            start = end
            if stop:
                break
        return result


def rival(paragraph, plan):
    """Whether a paragraph of the filler could answer the question as well."""
    if plan.keys:
        return together(plan.keys, paragraph)
    if plan.family == "made":
        if plan.answer is None:
            return any(q in paragraph for q in quoted(plan.question))
        return plan.answer in paragraph and len(plan.answer) > 25 or any(q in paragraph for q in quoted(plan.question))
    if plan.family != "real" or not plan.truth or len(plan.truth) < 3 or plan.truth not in paragraph:
        return False
    words = set(re.findall(r"[A-Za-z]{4,}", plan.question.lower()))
    return len(words & set(re.findall(r"[a-z]{4,}", paragraph.lower()))) >= 2


def show(documents, count):
    names = {3: "question", 5: "text", 6: "notes", 7: "lastNotes", 2: "end", 8: "clues", 9: "separator", 10: "reason", 11: "read", 12: "stop", 13: "notFound"}
    from protocol import TEXT
    for _ in range(count):
        ids, weights = next(iter(documents))
        out, piece, in_text = [], [], False
        for token in list(ids) + [2]:
            if token in names:
                text = documents.tokenizer.decode([int(t) for t in piece], skip_special_tokens=False)
                out.append(text[:200] + " ..... " + text[-150:] if in_text and len(text) > 400 else text)
                piece, in_text = [], token == TEXT
                out.append("\n<%s> " % names[token])
            else:
                piece.append(token)
        print("=" * 20, len(ids), "ids,", int((weights > 0).sum()), "weighted", "".join(out[:-1]))


if __name__ == "__main__":
    import argparse
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", default=str(Path(__file__).parent / "data"))
    arguments.add_argument("--tokenizer", required=True)
    arguments.add_argument("--seed", default=0)
    arguments.add_argument("--show", type=int, default=3)
    given = arguments.parse_args()
    documents = Documents(given.data, given.tokenizer, given.seed)
    documents.tokenizer = load_tokenizer(given.tokenizer)
    show(documents, given.show)
