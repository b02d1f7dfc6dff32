"""A small made-up language: sentences of a few hundred words, facts, and names of two syllables.

What an evaluation asks for is kept out of training: every name, number, fact's key and sentence of filler is on one side
or the other, by a checksum of its letters. Syllables, words and the forms of the sentences are the same on both sides.
"""

import random
import zlib
from dataclasses import dataclass

COLOURS = "red blue green white black grey brown yellow pink golden silver purple".split()
LOOKS = "old new small large heavy broken clean round narrow tall plain painted".split()
THINGS = """door box lamp key chair table clock boat wagon drum kettle mirror ladder basket bell coat hammer lantern bottle
barrel cup saddle trunk violin blanket helmet candle shovel anchor mask""".split()
PLACES = """kitchen garden cellar attic barn tower stable library chapel market harbour mill bakery school tavern forge
orchard meadow bridge workshop""".split()
ANIMALS = "dog cat horse goat goose cow sheep donkey fox owl crow rabbit".split()
HEADS = """Ba Be Bo Bri Da De Do Dra Fa Fe Fi Ga Ge Gri Ha He Hol Ja Jo Ka Ke Ki La Le Lo Ma Me Mo Na Ne No Pa Pe Pol Ra Re Ro Sa
Se Sta Ta Te To Tri Va Ve Vi Wa Wil Za""".split()
TAILS = """ban bel bin bor dan del dik dor fen fin gan gel gor kan kel kin lan lem lin lor man mel min mor nan nel nik nor pan pel
ras ren rik ros san sel sin sor tan tel tik tor van vel vin vor wen zan zel zor""".split()
TIMES = "morning evening night summer winter spring autumn Monday Friday Sunday".split()
WEATHER = "cold warm wet dry quiet windy dark bright long short".split()
DOING = "slept sat waited stood worked rested sang danced walked played".split()
MAKING = "cleaned carried painted mended sold bought washed moved found lost".split()

FILLER = [
    "The {animal} {doing} near the {place}.", "It was a {weather} {time}.", "{Name} {making} a {look} {thing}.",
    "Nobody {doing} in the {place} that {time}.", "The {place} was {weather} and {look}.",
    "{Name} and {Name} {doing} behind the {place}.", "A {colour} {animal} {doing} there every {time}.",
    "Then {Name} {making} the {look} {thing} again.", "They {making} the {thing} and the {thing}.",
    "After the {weather} {time} the {animal} {doing} again.", "There was a {look} {thing} beside the {place}.",
    "{Name} {doing} with the {animal} all {time}.", "We {making} a {thing} before the {time}.",
    "The {look} {place} is near the {look} {place}.", "In the {time} they {doing} under the {look} bridge.",
]

# Kind, sentence, questions; {key ...} is what the question names, {value} what it asks for.
FACTS = [
    ("code", "The code of the {thing} is {value}.", ("What is the code of the {thing}?", "Which code has the {thing}?"), "number"),
    ("price", "{name} paid {value} coins for the {thing}.", ("How many coins did {name} pay for the {thing}?",), "number"),
    ("keeps", "{name} keeps the {thing} in the {value}.", ("Where does {name} keep the {thing}?",), "place"),
    ("owner", "The {animal} in the {place} belongs to {value}.", ("To whom belongs the {animal} in the {place}?",), "name"),
    ("home", "The home of {name} is called {value}.", ("What is the home of {name} called?",), "name"),
    ("word", "The secret word of {name} is {value}.", ("What is the secret word of {name}?",), "name"),
    ("number", "The number of {name} in the {place} is {value}.", ("What is the number of {name} in the {place}?",), "number"),
]


def held_out(text: str) -> bool:
    """Whether it is the evaluation's: one in five."""
    return zlib.crc32(text.encode()) % 5 == 0


def drawn(r: random.Random, make, held: bool) -> str:
    """What `make` draws, of one side."""
    while held_out(text := make(r)) != held:
        pass
    return text


def name(r: random.Random) -> str:
    return r.choice(HEADS) + r.choice(TAILS)


SLOTS = {
    "animal": lambda r: r.choice(ANIMALS), "place": lambda r: r.choice(PLACES), "colour": lambda r: r.choice(COLOURS),
    "look": lambda r: r.choice(LOOKS), "time": lambda r: r.choice(TIMES), "weather": lambda r: r.choice(WEATHER),
    "doing": lambda r: r.choice(DOING), "making": lambda r: r.choice(MAKING),
    "thing": lambda r: r.choice(COLOURS + LOOKS) + " " + r.choice(THINGS),
}
VALUES = {"number": lambda r: str(r.randint(100, 9999)), "place": SLOTS["place"], "name": name}


def fill(r: random.Random, form: str, held: bool, slots=()) -> str:
    """The form with its slots filled, each on its own unless given."""
    slots, parts = dict(slots), form.split("{")
    for i, part in enumerate(parts[1:], 1):
        slot, rest = part.split("}")
        lower = slot.lower()
        value = slots.get(lower) or (drawn(r, name, held) if lower == "name" else SLOTS[lower](r))
        parts[i] = value + rest
    return "".join(parts)


def filler(r: random.Random, held: bool) -> str:
    return drawn(r, lambda r: fill(r, r.choice(FILLER), held), held)


@dataclass(frozen=True)
class Fact:
    kind: str
    key: str  # the question's words
    sentence: str
    question: str
    answer: str


def fact(r: random.Random, held: bool, kind: str | None = None) -> Fact:
    """A fact whose key and value are of one side."""
    row = r.choice([row for row in FACTS if kind in (None, row[0])])
    while True:
        slots = {"name": drawn(r, name, held)}
        slots.update({slot: SLOTS[slot](r) for slot in ("thing", "animal", "place")})
        key = " ".join(slots[slot] for slot in ("name", "thing", "animal", "place") if "{%s}" % slot in row[1])
        if held_out(key) == held:
            break
    # A place is one known word, so it is on both sides.
    slots["value"] = VALUES["place"](r) if row[3] == "place" else drawn(r, VALUES[row[3]], held)
    return Fact(row[0], key, fill(r, row[1], held, slots), fill(r, r.choice(row[2]), held, slots), slots["value"])


def words() -> list[str]:
    """Every word and syllable, as it stands behind a space and, where it may, at a beginning."""
    forms = [form.replace("{Name}", "").replace("{name}", "") for form in FILLER + [f for _, s, q, _ in FACTS for f in (s, *q)]]
    plain = {w.strip(".?") for form in forms for w in form.split() if "{" not in w} - {""}
    plain |= set(COLOURS + LOOKS + THINGS + PLACES + ANIMALS + TIMES + WEATHER + DOING + MAKING)
    first = sorted(w for w in plain if w[0].isupper()) + HEADS
    return [" " + w for w in sorted(plain) + HEADS] + first + TAILS
