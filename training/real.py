"""Plans of readings from the question rows."""
import hashlib
import re

from facts import ask
from haystack import Piece
from lines import objects
from plans import Plan
from words import *  # noqa: F403

SHARES = [26, 6, 22, 8, 38]  # SQuAD with and without an answer, NQ and QED, several passages, written
VAGUE = re.compile(r"\b(this|these|those|that time|the (author|passage|article|paragraph|text))\b", re.I)


def held_out(title):
    """One title in twenty belongs to the development split and is never trained on."""
    return int(hashlib.md5(title.encode()).hexdigest(), 16) % 20 == 0


def usable(row):
    evidence = [e for p in row["passages"] for e in p["evidence"]]
    if not row["answers"]:
        return True
    answer = row["answers"][0]
    if len(answer) > 160 or not evidence or any(e not in p["text"] for p in row["passages"] for e in p["evidence"]):
        return False
    return answer.lower() in ("yes", "no") or any(a.lower() in " ".join(evidence).lower() for a in row["answers"])


class Questions:
    def __init__(self, data_dir):
        rows = [row for name in ("qa-train", "qa-written") for row in objects(data_dir / (name + ".jsonl.gz")) if usable(row)]
        out = lambda row: any(held_out(p["title"]) for p in row["passages"])
        self.dev = [row for row in rows if out(row)]
        train = [row for row in rows if not out(row)]
        self.groups = [[r for r in train if r["source"] == "squad2-dev" and r["answers"]], [r for r in train if r["source"] == "squad2-dev" and not r["answers"]],
                       [r for r in train if r["source"] in ("natural-questions", "qed-dev")], [r for r in train if len(r["passages"]) > 1],
                       [r for r in train if r["source"] == "written"]]
        self.by_title = {}
        for row in train:
            for p in row["passages"]:
                self.by_title.setdefault(p["title"], {})[p["text"]] = p
        self.titles = {t: list(v.values()) for t, v in self.by_title.items()}

    def plan(self, r):
        row = r.choice(r.choices(self.groups, SHARES)[0])
        question, answer = row["question"], pick_answer(r, row)
        swap = swaps(r, row, answer)
        passages = [(replace(p["text"], swap), [replace(e, swap) for e in p["evidence"]]) for p in row["passages"]]
        question, answer = replace(question, swap), answer and replace(answer, swap)
        pieces, needed, truth = [], set(), answer
        unanswerable = answer is None
        if not unanswerable and r.random() < .17:  # the right passages are missing
            passages = passages[:-1] if len(passages) > 1 and r.random() < .5 else []
            if any(answer in text for text, _ in passages):
                return None
            unanswerable, truth, answer = True, answer, None
        for text, evidence in passages:
            piece = Piece(text)
            for sentence in evidence if row["answers"] else ():
                start = text.find(sentence)
                if start >= 0:
                    start, end = shortened(text, start, start + len(sentence), answer)
                    piece.marks.append((start, end, len(needed)))
                    needed.add(len(needed))
            pieces.append(piece)
        if not unanswerable and not needed:
            return None
        # Paragraphs of the same article, as long as they do not hold the answer.
        title = row["passages"][0]["title"]
        alike = self.titles.get(title, [])
        if row["answers"] and len(alike) > 1:
            for p in r.sample(alike, min(len(alike), r.choice([0, 0, 1, 2]))):
                text = replace(p["text"], swap)
                if p["text"] not in [q["text"] for q in row["passages"]] and not (answer and answer.lower() in text.lower()) and answer is not None:
                    pieces.append(Piece(text))
        r.shuffle(pieces)
        vague = bool(VAGUE.search(question)) or not re.search(r"[a-z] [A-Z0-9\"]", question)
        return Plan(ask(r, [question]), answer, pieces, needed | ({-1} if unanswerable else set()), truth=truth, look_alikes=r.choice([0, 1, 2, 3]), family="real",
                    small=vague and row["source"] == "squad2-dev" or r.random() < .3)


def pick_answer(r, row):
    """One of the accepted answers that stand in the evidence."""
    if not row["answers"]:
        return None
    evidence = " ".join(e for p in row["passages"] for e in p["evidence"])
    return r.choice([a for a in row["answers"] if a in evidence] or row["answers"][:1])


def swaps(r, row, answer):
    """Names, numbers and years replaced everywhere alike, so that the row cannot be learned by heart."""
    table = {}
    if r.random() < .35:
        return table
    text = " ".join(p["text"] for p in row["passages"])
    if answer and re.fullmatch(r"\d{2,4}", answer):
        year = len(answer) == 4
        table[answer] = str(r.randint(1300, 2030)) if year else str(r.randint(10 ** (len(answer) - 1), 10 ** len(answer) - 1))
    elif answer and row["question"].lower().startswith("who") and re.fullmatch(r"[A-Z][a-zé]{2,} [A-Z][a-zé]{2,}", answer):
        first, last = answer.split()
        if not re.search(r"\b(the|of|Queen|King|Saint|Lord)\b", answer):
            table[first], table[last] = r.choice(FIRST), r.choice(LAST)
    names = set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b", text)) & set(re.findall(r"\b[A-Z][a-z]{4,}\b", row["question"]))
    names -= set(MONTHS) | set(DAYS) | {"World", "Super", "States", "United", "North", "South", "American", "National", "University", "League", "British", "French", "German", "Which", "Where"} | set(table)
    for name in sorted(names)[:3]:
        if r.random() < .45 and text.count(name) < 12 and not name.endswith(("ian", "ish", "ese", "ans", "ism")):
            table[name] = invented(r)
    return table


def replace(text, table):
    if not table:
        return text
    return re.sub(r"\b(" + "|".join(map(re.escape, sorted(table))) + r")\b", lambda m: table[m.group(0)], text)


def shortened(text, start, end, answer, limit=330):
    """A sentence too long for a clue: the clauses around the answer."""
    if end - start <= limit:
        return start, end
    at = text.lower().find((answer or "").lower(), start, end)
    if at < 0:
        at = start
    stop = at + len(answer or "")
    cuts = [start] + [m.end() for m in re.finditer(r"[,;:–—)] ", text[start:end])]
    cuts = [c if c == start else c + start for c in cuts] + [end]
    left = max((c for c in cuts if c <= at), default=start)
    right = min((c for c in cuts if c >= stop), default=end)
    while True:  # grow by whole clauses while there is room
        wider = [(c, right) for c in cuts if c < left][-1:] + [(left, c) for c in cuts if c > right][:1]
        wider = [w for w in wider if w[1] - w[0] <= limit]
        if not wider:
            break
        left, right = wider[0]
    return left, right - (text[right - 1] == " ")
