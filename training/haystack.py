"""Filler text: choosing it, laying it out, and hiding marked passages in it."""
import collections
import re

import lines
import synthetic
from words import capital

SHARES = {"encyclopaedia": 30, "speech": 13, "fiction": 17, "debate": 11, "code": 7, "dictionary": 5, "play": 1, "synthetic": 11, "mixed": 5}
LITERAL = ("code", "synthetic", "play", "dictionary")  # line breaks carry meaning


def extra(data_dir):
    """The rows of books, speeches and code, in the file's order; what follows one in a book follows it here."""
    return lines.objects(data_dir / "haystack-extra.jsonl.gz")


def rare_words(text):
    return set(re.findall(r"[a-z]{5,}", text.lower()))


class Piece:
    """A paragraph with marked spans: (start, end, name)."""

    def __init__(self, text, marks=()):
        self.text, self.marks = text, list(marks)

    @staticmethod
    def sentence(text, name=None):
        return Piece(text, [(0, len(text), name)] if name is not None else [])

    def shifted(self, by):
        return [(s + by, e + by, n) for s, e, n in self.marks]


class Haystack:
    def __init__(self, data_dir):
        self.kinds = collections.defaultdict(list)
        for row in lines.objects(data_dir / "haystack-train.jsonl.gz"):
            self.kinds["encyclopaedia"].append(row["text"])
        rows = extra(data_dir)
        for row in rows:
            self.kinds[row["kind"]].append(row["text"])
        self.sections = [row["text"] for row in rows]
        self.index, counts = collections.defaultdict(list), collections.Counter()
        self.paragraphs = list(self.kinds["encyclopaedia"])
        for kind in ("speech", "fiction", "debate", "dictionary"):
            for section in self.kinds[kind]:
                self.paragraphs += [p for p in section.split("\n\n")[:3] if 120 < len(p) < 1500]
        for number, paragraph in enumerate(self.paragraphs):
            for word in rare_words(paragraph):
                counts[word] += 1
                if counts[word] <= 60:
                    self.index[word].append(number)
        self.rare = {w for w, n in counts.items() if n <= 60}
        self.counts = counts  # paragraphs that hold a word

    def look_alikes(self, r, text, count):
        """Real paragraphs that share uncommon words with the text."""
        words = sorted(rare_words(text) & self.rare)
        found = []
        for _ in range(count):
            if words:
                found.append(self.paragraphs[r.choice(self.index[r.choice(words)])])
        return found

    def kind(self, r):
        return r.choices(list(SHARES), list(SHARES.values()))[0]

    def filler(self, r, kind, characters):
        if kind == "synthetic":
            return synthetic.filler(r, characters)
        if kind == "mixed":
            parts = []
            while sum(map(len, parts)) < characters:
                other = r.choice([k for k in SHARES if k != "mixed"])
                parts += self.filler(r, other, min(characters, r.randint(300, 5000)))
            return parts
        sections = self.kinds[kind]
        result, total, at = [], 0, r.randrange(len(sections))
        shuffled = kind == "encyclopaedia" or (kind == "dictionary" and r.random() < .5)
        while total < characters:
            text = sections[r.randrange(len(sections)) if shuffled else at % len(sections)]
            at += 1
            result += [p for p in text.split("\n\n") if p.strip()]
            total += len(text) + 2
        # Sections are long: cut what is over, at paragraphs.
        while len(result) > 1 and total - len(result[-1]) > characters:
            total -= len(result.pop()) + 2
        if len(result) == 1 and len(result[0]) > 2 * characters and kind != "code":
            cut = result[0].find(". ", int(characters))
            result[0] = result[0][:cut + 1] if cut > 0 else result[0]
        return result


def hide(r, paragraphs, pieces, kind):
    """Puts pieces, in their order, at random places: as paragraphs of their own or inside one. Returns all pieces."""
    result = [Piece(p) for p in paragraphs]
    places = sorted(r.randint(0, len(result)) for _ in pieces)
    for place, piece in reversed(list(zip(places, pieces))):
        host = result[place] if place < len(result) else None
        inside = [m.end() for m in re.finditer(r"[a-z]{2}[.!?][\"”']?\s", host.text)] if host and not host.marks else []
        if kind == "code" and r.random() < .4 and "\n" not in piece.text:
            lead = r.choice(["// ", "# ", " * ", "/* NOTE: "])
            result.insert(place, Piece(lead + piece.text, piece.shifted(len(lead))))
        elif inside and len(piece.text) < 400 and r.random() < .65:
            at = r.choice(inside)
            host.marks = piece.shifted(at)
            host.text = host.text[:at] + piece.text + " " + host.text[at:]
        else:
            result.insert(place, piece)
    return result


def wrapped(r, text, width):
    """Hard line breaks at most `width` apart; every character stays where it is."""
    out, column, last_space = list(text.replace("\n", " ")), 0, -1
    for at, character in enumerate(out):
        if character == " ":
            last_space = at
        column += 1
        if column > width and last_space >= 0:
            out[last_space] = "\n"
            column, last_space = at - last_space, -1
    return "".join(out)


ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()


def heading(r):
    title = r.choice("Of the Harbour|Introduction|Remarks|A Visit|Results|Background|The Second Day|Appendix|Notes|Early Years|Discussion|What Followed|Method|On Patience|Letters".split("|"))
    number = r.randint(1, 20)
    return r.choice([lambda: "CHAPTER " + ROMAN[number - 1], lambda: "# " + title, lambda: "## " + title, lambda: "%d. %s" % (number, title),
                     lambda: title.upper(), lambda: "- %d -" % r.randint(2, 400), lambda: "[Page %d]" % r.randint(2, 400), lambda: "* * *",
                     lambda: "%s\n%s" % (title, "=" * len(title)), lambda: "%d.%d %s" % (number, r.randint(1, 9), title)])()


def lay_out(r, pieces, kind):
    """Joins pieces to one text in a random layout; returns the text and the marked spans."""
    literal = kind in LITERAL
    x = r.random()
    style = "as it is" if literal or x < .5 else "wrapped" if x < .8 else "joined"
    width = r.randint(58, 82)
    between = "\n\n" if r.random() < .8 else r.choice(["\n", "\n\n\n", "\n"])
    indent = r.choice(["  ", "    ", "\t"]) if r.random() < .1 and not literal else ""
    headings = r.choice([.05, .15]) if r.random() < .3 else 0
    text, marks, length = [], [], 0
    for piece in pieces:
        body = piece.text
        if not literal and "\n" in body or style != "as it is":
            if style == "joined":
                body = body.replace("\n", " ")
            elif style == "wrapped":
                body = wrapped(r, body, width)
        if headings and r.random() < headings:
            text.append(heading(r) + between)
            length += len(text[-1])
        text.append(indent + body + between)
        marks += piece.shifted(length + len(indent))
        length += len(text[-1])
    return "".join(text).rstrip() if not marks or max(e for _, e, _ in marks) < length - len(between) else "".join(text), marks


def lead_in(r, sentence, lead):
    """A sentence behind a lead-in such as "It is worth noting that"; returns the text and where the sentence begins."""
    first = sentence.split(" ", 1)[0]
    if first in ("The", "In", "It", "At", "On", "For", "After", "When", "If", "To", "By", "There", "With", "Of", "As", "Since", "Nobody", "Visitors", "Guests", "Whoever", "My", "Should", "Somebody", "Anyone"):
        sentence = sentence[0].lower() + sentence[1:]
    if lead.startswith("{}") or lead.split("{}")[0].rstrip().endswith("."):
        sentence = capital(sentence)
    return lead.format(sentence), lead.index("{}") if "{}" in lead else 0, sentence


def quoted(question):
    """Names and rare phrases of a made question, by which its sentence is found."""
    found = re.finditer(r"(?<= )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*|(?<=about )[a-z]{6,}|\"([^\"]{6,})\"", question)
    return [m.group(1) or m.group(0) for m in found]


def together(keys, text):
    """Whether a text holds all the words."""
    text = text.lower()
    return all(key in text for key in keys)
