"""Sentences written one by one (sentences.txt), each with questions in other words and a sentence that is nearly it.

A line of the file: sentence => questions => answer => near miss. The near miss speaks of the same and does not answer; it may be absent.
"""
import random
import re
from pathlib import Path

from facts import ask
from haystack import Piece
from plans import Plan, dressed, how_many, shuffled
from real import replace
from words import FIRST, LAST, invented

# Sentences that begin so still read well behind a lead-in.
LED_IN = ("My", "The", "In", "At", "When", "As", "Since", "It", "On", "After", "A", "An", "Every")
NO_NAME = set("January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday "
              "God Earth English French German Spanish Italian Latin Greek Dutch Christmas Easter Lord Lady King Queen Saint Mount Lake River Street United States Congress Senate Government President America".split())


class Sentence:
    """One line of the file."""

    def __init__(self, line):
        self.text, questions, self.answer, *near = fields(line)
        self.near = near[0] if near else ""
        self.questions = questions_of(questions)
        # What a sentence shares with a question, by which it could be taken to answer it.
        self.words = content_words(" ".join([self.text, self.near]))
        self.asks = content_words(" ".join(self.questions))

    def renamed(self, r):
        """(sentence, question, answer, near miss) with some names replaced everywhere alike, against learning by heart."""
        return rename(r, [self.text, r.choice(self.questions), self.answer, self.near])


def rename(r, texts, least=1):
    """The texts with some names replaced by others, everywhere alike; an answer that is a name changes too."""
    table = new_names(r, texts, least)
    return [replace(text, table) for text in texts]


def new_names(r, texts, least=1):
    """Other names for some of the names that stand in at least so many of the texts."""
    table = {}
    for name in sorted(set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", " ".join(texts))) - NO_NAME):
        if r.random() < .5 and sum(name in text for text in texts) >= least and not name.endswith(("ian", "ish", "ese", "ans", "ism", "day")):
            other = r.choice(FIRST) if name in FIRST else r.choice(LAST) if name in LAST else invented(r)
            if other not in table.values():  # two may not become one
                table[name] = other
    return table


def content_words(text):
    return set(re.findall(r"[a-z]{5,}", text.lower())) - {"which", "where", "whose", "author", "writer", "narrator", "according", "there", "their", "about", "would", "could", "should"}


def fields(line):
    return [part.strip() for part in line.split("=>")]


def questions_of(field):
    return [question.strip() for question in field.split("|") if question.strip()]


def read(kind, name):
    """The lines of a file as `kind`: those to train on, and those of the development split."""
    rows = [kind(line) for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for number, row in enumerate(rows) if not held_out(number)], [row for number, row in enumerate(rows) if held_out(number)]


def held_out(number):
    """One sentence in twenty belongs to the development split and is never trained on."""
    return number % 20 == 7


def written(r):
    """A written sentence, its near miss, and others that do not answer; in three of ten the sentence itself is missing."""
    main = r.choice(TRAIN)
    sentence, question, answer, near = main.renamed(r)
    present = r.random() > .3
    pieces = [told(r, near)] if near and r.random() < (.5 if present else .8) else []
    for other in r.sample(TRAIN, how_many(r)):
        if other is not main and len(other.words & main.asks) < 2:
            text = other.renamed(r)
            pieces += [told(r, text[0])] + ([told(r, text[3])] if text[3] and r.random() < .2 else [])
    if present:
        pieces.append(told(r, sentence, 0))
    return Plan(ask(r, [question]), answer if present else None, shuffled(r, pieces), {0}, look_alikes=r.choice([0, 0, 1, 2]), family="written", small=r.random() < .2)


def told(r, sentence, name=None):
    return dressed(r, sentence, name) if sentence.split(" ")[0] in LED_IN and r.random() < .2 else Piece.sentence(sentence, name)


TRAIN, DEV = read(Sentence, "sentences.txt")
