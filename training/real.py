"""Plans of readings from real text: the question rows, and questions that rules make from plain paragraphs."""
import hashlib
import re

from facts import ask
from haystack import Piece, lines_of, quoted
from plans import Plan
from words import *  # noqa: F403

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
        rows = [row for row in lines_of(data_dir / "qa-train.jsonl.gz") if usable(row)]
        out = lambda row: any(held_out(p["title"]) for p in row["passages"])
        self.dev = [row for row in rows if out(row)]
        train = [row for row in rows if not out(row)]
        self.groups = [[r for r in train if r["source"] == "squad2-dev" and r["answers"]], [r for r in train if r["source"] == "squad2-dev" and not r["answers"]],
                       [r for r in train if r["source"] in ("natural-questions", "qed-dev")], [r for r in train if len(r["passages"]) > 1]]
        self.by_title = {}
        for row in train:
            for p in row["passages"]:
                self.by_title.setdefault(p["title"], {})[p["text"]] = p
        self.titles = {t: list(v.values()) for t, v in self.by_title.items()}

    def plan(self, r):
        row = r.choice(r.choices(self.groups, [36, 17, 33, 14])[0])
        question, answer = row["question"], pick_answer(row)
        swap = swaps(r, row, answer)
        passages = [(replace(p["text"], swap), [replace(e, swap) for e in p["evidence"]]) for p in row["passages"]]
        question, answer = replace(question, swap), answer and replace(answer, swap)
        pieces, needed, truth = [], set(), answer
        unanswerable = answer is None
        if not unanswerable and r.random() < .2:  # the right passages are missing
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
                    small=vague and row["source"] == "squad2-dev")


def pick_answer(row):
    if not row["answers"]:
        return None
    evidence = " ".join(e for p in row["passages"] for e in p["evidence"])
    return next((a for a in row["answers"] if a in evidence), row["answers"][0])


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


SENTENCE = re.compile(r"[A-Z\"“][^.!?]{30,280}[.!?](?=\s|$)")
NAME = r"(?:[A-Z][\w'’.-]+(?: (?:of|de|van|von|the|and) )?\s?){1,5}"
RULES = [  # sentence pattern, questions, group that is the answer
    (re.compile(r"^(?P<k>" + NAME + r") (?:is|was) (?P<v>an? [^.,;()]{8,90})"), ["Who or what is {k}?", "What is {k}?", "What kind of person or thing is {k}?"]),
    (re.compile(r"^(?P<k>" + NAME + r") \((?:born )?(?P<v>\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})"), ["When was {k} born?", "What is the birth date of {k}?"]),
    (re.compile(r"^(?P<k>" + NAME + r") (?=is |was |\().{0,80}\b(?:located|situated|based) in (?P<v>[A-Z][^.,;()]{3,60})"), ["Where is {k} located?", "Where is {k}?"]),
    (re.compile(r"^(?P<k>" + NAME + r") (?=is |was |\().{0,80}\b(?:directed) by (?P<v>" + NAME + r")(?=[.,;]| and| in)"), ["Who directed {k}?", "By whom was {k} directed?"]),
    (re.compile(r"^(?P<k>" + NAME + r") (?=is |was |\().{0,80}\b(?:written) by (?P<v>" + NAME + r")(?=[.,;]| and| in)"), ["Who wrote {k}?", "By whom was {k} written?"]),
    (re.compile(r"^(?P<k>" + NAME + r") (?=is |was |\().{0,80}\b(?:founded|established|opened) in (?P<v>\d{4})"), ["When was {k} founded or opened?", "In what year was {k} established or opened?"]),
    (re.compile(r"^(?P<k>" + NAME + r") died (?:in|on) (?P<v>[^.,;()]{4,40})"), ["When or where did {k} die?"]),
    (re.compile(r"^In (?P<v>1\d{3}|20\d\d), (?P<k>[^.;]{20,150})\."), ["In which year did the following happen: {k}?", "When was it that {k}?"]),
    (re.compile(r"^(?P<v>[A-Z][a-z]+ [A-Z][a-z]+) (?P<k>(?:won|built|wrote|discovered|founded|designed|invented|played|led|published|married|directed|became|joined|received|created|introduced) [^.;]{15,120})\."), ["Who {k}?"]),
]
ABOUT = ["What does the text say about {}?", "What is said about {}?", "What do we learn about {}?", "Find the sentence about {}.", "Is there anything about {} in the text?"]
WORD = ["Find the sentence with the word \"{}\".", "Quote the sentence in which \"{}\" occurs.", "In what connection does the text use the word \"{}\"?"]
MISSING = ["Which word is missing: \"{}\"?", "Fill in the blank: {}", "What belongs in the gap? {}"]
FINISH = ["Complete the sentence: \"{} ...\"", "How does the sentence with \"{} ...\" go on?", "What follows after the words \"{}\"?"]
STARTERS = set("The This That These Those When While But And For With After Before There They She He His Her Its Our Your Their What Who How Why Where From Upon Such Then Thus Some Many Most All One Two It In On At".split())


def made(r, haystack):
    """A question that a rule makes from one sentence of real text; the paragraphs around it are the document's."""
    kind = r.choices(["encyclopaedia", "speech", "fiction", "debate", "dictionary"], [45, 14, 20, 14, 7])[0]
    paragraphs = haystack.filler(r, kind, 600)
    paragraph = r.choice(paragraphs)[:3000]
    found = list(SENTENCE.finditer(paragraph))
    if not found:
        return None
    match = r.choice(found)
    if kind == "encyclopaedia" and r.random() < .5:
        match = found[0]
    sentence = match.group(0)
    flat = re.sub(r"\s+", " ", sentence)
    question = answer = None
    for pattern, questions in r.sample(RULES, len(RULES)):
        hit = pattern.search(flat)
        if hit and r.random() < .9:
            key = hit.group("k").strip()
            if key.split()[0] not in STARTERS or pattern.pattern.startswith(("^In ", "^(?P<v>")):
                question, answer = r.choice(questions).replace("{k}", key), hit.group("v").strip()
                break
    words = flat.split(" ")
    if question is None:
        x = r.random()
        names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*", flat)
        names = [n for n in names if not n.endswith(("an", "ish", "ese", "States")) and n not in MONTHS]
        if x < .4 and (names or len(words) > 8):
            phrase = r.choice(names) if names and r.random() < .7 else next((w for w in sorted(set(re.findall(r"[a-z]{6,}", flat))) if w in haystack.rare), None)
            if phrase and paragraph.count(phrase) == 1:
                question, answer = r.choice(WORD if phrase[0].islower() else ABOUT).format(phrase), flat
        elif x < .7 and len(words) > 9:
            at = r.randint(len(words) // 2, len(words) - 3)
            question, answer = r.choice(FINISH).format(" ".join(words[max(0, at - 14):at]).strip("\"“,")), " ".join(words[at:]).rstrip(".!? ")
        elif names:
            gap = r.choice(names)
            if flat.count(gap) == 1:
                question, answer = r.choice(MISSING).format(flat.replace(gap, "____")), gap
    if question is None or len(question) > 330:
        return None
    start, end = match.span()
    at = paragraphs.index(next(p for p in paragraphs if p.startswith(paragraph)))
    pieces = [Piece(p) for p in paragraphs]
    pieces[at].marks = [(start, end, 0)]
    if any(q in p.text for p in pieces if not p.marks for q in quoted(question)):
        return None  # said elsewhere too
    needed = {0}
    if r.random() < .33:
        del pieces[at]
        answer, needed = None, {-1}
    return Plan(question if "____" in question or "\"" in question else ask(r, [question]), answer, pieces, needed,
                look_alikes=r.choice([0, 0, 1, 2]), family="made", kind=kind)
