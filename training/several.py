"""Written sentences, several of which belong to one question: two questions in one, two hops, rivals.

Lines of pairs.txt:  first => second => questions => answer of the first => answer of the second
Lines of hops.txt:   first => second => questions => answer => rival first => rival second
Lines of rivals.txt: sentence => questions => answer => rivals, one a field

The first sentence of a hop names a bridge, the second answers by it; a rival says the same of something else.
"""
from facts import ask
from plans import Plan, how_many, shuffled
from sentences import TRAIN as SENTENCES
from sentences import content_words, fields, questions_of, read, rename, told

# How two questions become one; {a} begins a sentence, {b} goes on.
JOINED = ["{A}, and {b}?"] * 6 + ["{A} and {b}?"] * 3 + ["{A}? {B}?", "{A}? And {b}?", "{A}; {b}?", "Two questions: {a}, and {b}?", "{A}, and also {b}?", "First, {a}? Second, {b}?",
                                                        "Tell me {a} and {b}.", "{A}, as well as {b}?"]
ASKING = set("what which who whom whose where when why how in on at to from for by with under of as into after until before during since is are was were did does do has have had".split())


class Pair:
    """A line of pairs.txt."""

    def __init__(self, line):
        self.first, self.second, questions, *self.answers = fields(line)
        self.questions = questions_of(questions)


class Hop:
    """A line of hops.txt."""

    def __init__(self, line):
        self.first, self.second, questions, self.answer, self.rival_first, self.rival_second = fields(line)
        self.questions = questions_of(questions)


class Rivals:
    """A line of rivals.txt."""

    def __init__(self, line):
        self.text, questions, self.answer, *self.rivals = fields(line)
        self.questions = questions_of(questions)


def joined(r, one, other):
    """Two questions as one."""
    a, b = (question.rstrip("?. ") for question in (one, other))
    small = lambda q: q[0].lower() + q[1:] if q.split(" ")[0].lower() in ASKING else q
    return r.choice(JOINED).format(A=a, a=small(a), B=b, b=small(b))


def both(r):
    """Two sentences, asked for in one question: the answer names both, in the question's order. Where one of them is
    missing, the text is read to its end and answers in part."""
    told_of, question, near = paired(r) if r.random() < .4 else combined(r)
    there = r.choices([[0, 1], [0], [1], []], [76, 8, 8, 8])[0]
    pieces = [told(r, told_of[n][0], n) for n in there]
    pieces += [told(r, sentence) for sentence in near if sentence and r.random() < .3]
    asks = content_words(question)
    for other in r.sample(SENTENCES, how_many(r)):
        if len(other.words & asks) < 2:
            pieces.append(told(r, other.renamed(r)[0]))
    answer = ", ".join(told_of[n][1] for n in there)
    return Plan(question, answer or None, shuffled(r, pieces), set(there), everything=len(there) == 1, look_alikes=r.choice([0, 0, 1]), family="both")


def paired(r):
    """Sentences that were written with one question: [(sentence, answer), (sentence, answer)], question, near misses."""
    line = r.choice(PAIRS)
    first, second, question, *answers = rename(r, [line.first, line.second, r.choice(line.questions), *line.answers], 2)
    return [(first, answers[0]), (second, answers[1])], question, []


def combined(r):
    """The same of two sentences that were written each with questions of its own."""
    while True:
        one, other = r.sample(SENTENCES, 2)
        if len(other.words & one.asks) < 2 and len(one.words & other.asks) < 2:
            break
    rows = [one.renamed(r), other.renamed(r)]
    return [(row[0], row[2]) for row in rows], joined(r, rows[0][1], rows[1][1]), [row[3] for row in rows]


def hops(r):
    """Two hops in the order in which they are of use; rivals of either stand anywhere. In a quarter a hop is missing."""
    line = r.choice(HOPS)
    first, second, question, answer, rival_first, rival_second = rename(
        r, [line.first, line.second, r.choice(line.questions), line.answer, line.rival_first, line.rival_second], 2)
    x = r.random()
    pieces = [told(r, first, 0), told(r, second, 1)] if x > .24 else [told(r, first, 0)] if x > .08 else []
    others = [rival for rival in (rival_first, rival_second) if r.random() < .7]
    for third in r.sample(HOPS, how_many(r) // 2):
        if third is not line and not content_words(third.first + third.second) & content_words(question):
            others += rename(r, [third.first, third.second])
    for other in others:
        pieces.insert(r.randint(0, len(pieces)), told(r, other))
    return Plan(question, answer if x > .24 else None, pieces, {0, 1}, look_alikes=r.choice([0, 0, 1]), family="hops")


def rivals(r):
    """A sentence among its rivals; in a quarter there are only rivals."""
    line = r.choice(RIVALS)
    sentence, question, answer, *others = rename(r, [line.text, r.choice(line.questions), line.answer, *line.rivals], 2)
    present = r.random() > .25
    pieces = [told(r, other) for other in r.sample(others, r.randint(1, len(others)))]
    if present:
        pieces.append(told(r, sentence, 0))
    return Plan(ask(r, [question]), answer if present else None, shuffled(r, pieces), {0}, look_alikes=r.choice([0, 0, 1]), family="rivals", small=r.random() < .1)


PAIRS, DEV_PAIRS = read(Pair, "pairs.txt")
HOPS, DEV_HOPS = read(Hop, "hops.txt")
RIVALS, DEV_RIVALS = read(Rivals, "rivals.txt")
