"""Plans of readings from plain paragraphs: rules make a question from one sentence."""
import re

from facts import ask
from haystack import Piece, quoted, together
from plans import Plan
from rules import asked
from words import *  # noqa: F403

SENTENCE = re.compile(r"[A-Z\"“][^.!?]{30,280}[.!?](?=\s|$)")
ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Dr|St|No|Jr|vs|etc|e\.g|i\.e|[A-Z])$")
NAME = r"(?:[A-Z][\w'’.-]+(?: (?:of|de|van|von|the|and) )?\s?){1,5}"
ARTICLES = [  # for the first sentences of articles: sentence pattern, questions, group that is the answer
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
WHO = {"speech": ["the speaker", "the speaker", "the president"], "debate": ["the speaker"], "fiction": ["the narrator", "the author"], "encyclopaedia": ["the author"], "dictionary": ["the author", "the writer"]}
CODE = re.compile(r"^[ \t]*(?:/\*\*|\*|//) (?P<v>(?:Returns|Checks|Creates|Converts|Gets|Sets|Tests|Removes|Adds|Computes|Compares|Copies|Finds|Throws|Builds|Determines|Appends|Reads|Writes|Holds|Calls|Constructs|Parses) [^.\n]{20,150})\.[ \t]*$", re.M)
GO = re.compile(r"^// (?P<k>[A-Za-z]\w{6,}) (?P<v>(?:is|are|returns|reports|sets|adds|reads|writes|checks|creates|converts|computes|compares|parses|closes|waits|holds|implements|describes|represents|starts|decodes|encodes|appends) [^.\n]{15,140})\.", re.M)
METHOD = re.compile(r"\b(?:public|protected|private|static|final|default|func)\b[^;{}()=\n]*?\b(\w{8,})\s*\(")


def made(r, haystack):
    """A question that a rule makes from one sentence of real text; the paragraphs around it are the document's."""
    kind = r.choices(["encyclopaedia", "speech", "fiction", "debate", "dictionary", "code"], [36, 18, 22, 14, 5, 5])[0]
    paragraphs = haystack.filler(r, kind, 20_000)
    plain = r.random() < .15
    for attempt in range(60):
        number = r.randrange(len(paragraphs))
        found = commented(r, paragraphs[number]) if kind == "code" else sentence_of(r, haystack, kind, paragraphs[number][:3000], plain or attempt > 50)
        if found is None:
            continue
        question, answer, (start, end), keys = found
        before, after = r.choice([0, 0, 1, 2]), r.choice([0, 0, 1, 2])
        pieces = [Piece(p) for p in paragraphs[max(0, number - before):number + after + 1]]
        at = min(before, number)
        pieces[at].marks = [(start, end, 0)]
        others = [p.text for p in pieces if not p.marks] + ([pieces[at].text[:start], pieces[at].text[end:]] if kind != "code" else [])
        if any(together(keys, other) if keys else any(q in other for q in quoted(question)) for other in others):
            continue  # said elsewhere too
        needed = {0}
        if r.random() < .22:
            del pieces[at]
            answer, needed = None, {-1}
        return Plan(question if "____" in question or "\"" in question else ask(r, [question]), answer, pieces, needed,
                    look_alikes=r.choice([0, 0, 1, 2]), family="made", kind=kind, keys=keys, small=r.random() < .25)
    return None


def keys_of(haystack, question, sentence):
    """The two rarest words that a question shares with its sentence; none when it shares less."""
    words = set(re.findall(r"[a-z]{4,}", question.lower())) & set(re.findall(r"[a-z]{4,}", sentence.lower())) - {"what", "when", "that", "with", "from", "which", "have", "this", "were"}
    words = sorted(words, key=lambda word: (haystack.counts.get(word, 0) or 999 * (len(word) < 5), word))[:2]
    return words if len(words) == 2 and haystack.counts.get(words[0], 0) <= 150 else []


def sentence_of(r, haystack, kind, paragraph, plain):
    """(question, answer, span, keys) for some sentence of a paragraph. plain: the question names the sentence by its words."""
    found = [m for m in SENTENCE.finditer(paragraph) if not ABBREVIATED.search(m.group(0)[:-1]) and not ABBREVIATED.search(paragraph[:m.start()].rstrip(" .\n"))]
    if not found:
        return None
    r.shuffle(found)
    if not plain:
        for match in found:
            flat = " ".join(match.group(0).split())
            made = asked(r, flat, r.choice(WHO[kind]))
            keys = made and keys_of(haystack, made[0], flat)
            if keys and len(made[0]) < 260 and flat[-1] != "?" and made[1].lower() not in made[0].lower():
                return made[0], made[1], match.span(), keys
    match = min(found, key=lambda m: m.start()) if kind == "encyclopaedia" else found[0]
    flat = " ".join(match.group(0).split())
    question = answer = None
    for pattern, questions in r.sample(ARTICLES, len(ARTICLES)) if not plain else ():
        hit = pattern.search(flat)
        key = hit and hit.group("k").strip()
        if hit and (" " in key or len(key) > 9) and (key.split()[0] not in STARTERS or pattern.pattern.startswith(("^In ", "^(?P<v>"))):
            question, answer = r.choice(questions).replace("{k}", key), hit.group("v").strip()
            break
    words = flat.split(" ")
    if plain:
        x = r.random()
        names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*", flat)
        names = [n for n in names if not n.endswith(("an", "ish", "ese", "States")) and n not in MONTHS and (" " in n or haystack.counts.get(n.lower(), 0) <= 12)]
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
    return question, answer, match.span(), []


def commented(r, code):
    """(question, answer, span, keys) for a comment on one method or name of a piece of code."""
    found = [(m, m.group("k")) for m in GO.finditer(code)]
    for m in CODE.finditer(code):
        method = METHOD.search(code, m.end(), m.end() + 700)
        if method and len(re.findall(r"\b%s\s*\(" % re.escape(method.group(1)), code)) == 1 and code.count("/**", m.end(), method.start()) == 0:
            found.append((m, method.group(1)))
    if not found:
        return None
    m, name = r.choice(found)
    question = r.choice(["What does {} do?", "What is {} for?", "What is the purpose of {}?", "What does the comment on {} say?"]).format(name)
    return question, m.group("v"), m.span("v"), ["// " + name.lower() + " "] if m.re is GO else [name.lower() + "("]
