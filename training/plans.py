"""Plans of synthetic readings: question, what is hidden in the text, which clues are needed, and the answer."""
from anecdotes import Anecdote, alike
from facts import FRAMES, KINDS, LEADS, TAILS_OF, TRAILS, KEYS, VALUES, Fact, ask, dress, fill, near_key
from haystack import Piece, lead_in
from words import *  # noqa: F403

TITLES = {"dr.", "professor", "captain", "mrs.", "mr.", "sister", "judge", "the", "a", "an"}
# Kinds whose questions could be answered by a fact of the other kind.
CONFUSABLE = [{"bestthing", "pleasure"}, {"quote", "reason2", "advice", "how"}, {"secret", "advice"}, {"cargo", "crew"}, {"appointment", "meetday"},
              {"residence", "room", "birthplace"}, {"reason", "eventdate", "eventplace"}, {"birthdate", "age"}, {"contents", "content1"}, {"magic", "magicword"},
              {"founded", "founder"}, {"hobby", "sport", "instrument"}, {"gift", "lost"}, {"debt", "salary"}]


class Plan:
    """`needed`: names of the marks whose clues the answer rests on. `everything`: the text must be read to its end."""

    def __init__(self, question, answer, pieces, needed=(), everything=False, look_alikes=0, family="", kind=None, small=False, truth=None, keys=(), whole=False):
        self.question, self.answer, self.pieces, self.needed = question, answer, pieces, set(needed)
        self.truth = truth or answer  # what an unanswerable question would be answered with
        self.keys = keys  # words that only the evidence has together
        self.whole = whole  # the pieces are the text, nothing goes around them
        self.everything, self.look_alikes, self.family, self.kind, self.small = everything, look_alikes, family, kind, small


def apart(a, b):
    """Whether two keys cannot be taken for each other."""
    a, b = ({w.strip("'s,.").lower() for w in x.split()} - TITLES for x in (a, b))
    return not (a <= b or b <= a)


def dressed(r, sentence, name=None):
    """The sentence with a lead-in or a remark around it; a lead-in belongs to the marked sentence."""
    x, slots = r.random(), dict(dress(r), j=r.choice(JOBS))
    if x < .14:
        sentence = lead_in(r, sentence, r.choice(LEADS))[0]
    elif x < .26:
        sentence = lead_in(r, sentence, fill(r.choice(FRAMES), slots))[0]
    elif x < .42 and sentence.endswith("."):
        sentence = sentence[:-1] + fill(r.choice(TAILS_OF), slots) + "."
    before = r.choice(TRAILS) + " " if r.random() < .06 else ""
    after = " " + r.choice(TRAILS) if r.random() < .15 else ""
    marks = [(len(before), len(before) + len(sentence), name)] if name is not None else []
    return Piece(before + sentence + after, marks)


def distractors(r, fact, count):
    """Facts of the same kind with another key, and facts with the same key of another kind."""
    result = []
    for _ in range(count * 3):
        if len(result) >= count:
            break
        if r.random() < .62:
            key = near_key(r, fact)
            if apart(key, fact.key):
                result.append(Fact(r, fact.kind, key, avoid=(fact.value,)))
        else:
            kinds = [k for k in KINDS if k[1] == fact.key_type and k[2] != fact.value_type
                     and not any(k[0] in c and fact.name in c for c in CONFUSABLE)]
            if kinds:
                other = Fact(r, r.choice(kinds), fact.key)
                if other.value != fact.value and other.name not in {d.name for d in result}:
                    result.append(other)
    return result


def how_many(r):
    return r.choices([0, 1, 2, 3, 5, 8], [30, 22, 18, 14, 10, 6])[0]


def shuffled(r, pieces):
    r.shuffle(pieces)
    return pieces


def single(r):
    fact = Fact(r)
    question = ask(r, fact.questions)
    others = distractors(r, fact, how_many(r))
    pieces = [dressed(r, d.sentence) for d in others]
    if r.random() < .34:
        return Plan(question, None, shuffled(r, pieces), look_alikes=r.randint(0, 3), family="single")
    pieces.append(dressed(r, fact.sentence, 0))
    return Plan(question, fact.answer, shuffled(r, pieces), {0}, look_alikes=r.choice([0, 0, 1, 2, 3]), family="single")


def told(r):
    """An odd sentence, asked for in other words; other odd sentences, some like it but about somebody else."""
    main = Anecdote(r)
    question, others = ask(r, [main.question]), []
    for _ in range(how_many(r)):
        other = Anecdote(r, main.line if main.named and r.random() < .4 else None)
        same = other.line is main.line
        if (all(apart(main.slots[k], other.slots[k]) for k in main.named) if same else not alike(main, other)) and other.answer != main.answer:
            others.append(other)
    pieces = [retold(r, main, 0)] if r.random() > .2 else []
    answer = main.answer if pieces else None
    return Plan(question, answer, shuffled(r, pieces + [retold(r, o) for o in others]), {0}, look_alikes=r.choice([0, 0, 1, 2]), family="anecdote", small=r.random() < .2)


def retold(r, anecdote, name=None):
    sentence = anecdote.sentence
    return dressed(r, sentence, name) if sentence.split(" ")[0] in ("My", "The", "In", "At", "When", "As", "Since", "It") and r.random() < .3 else Piece.sentence(sentence, name)


LISTS = [  # key type, value type, sentences, questions for the list, question for the count
    ("person", "place", "In {y}, {k} travelled to {v}. | {k} also spent a summer in {v}. | {k} once gave a speech in {v}.", "Which places did {k} visit? | List all the places where {k} has been. | Where has {k} been? Name every place.", "How many places did {k} visit?"),
    ("event", "person", "{v} came to {k} with a basket of eggs. | Among the guests of {k} was {v}. | {v} took part in {k}.", "Who came to {k}? | List everyone who took part in {k}. | Name all the guests of {k}.", "How many people are said to have come to {k}?"),
    ("person", "thing", "{k} bought {v} at the market. | In {c}, {k} bought {v}. | {k} haggled over {v} and bought it.", "What did {k} buy? | List all the things {k} bought. | Which objects did {k} buy?", "How many things did {k} buy?"),
    ("place", "digits", "Among the charmed numbers of {k} is {v}. | Another number that {k} holds dear is {v}. | The people of {k} also count {v} among their lucky numbers.", "What are all the lucky numbers of {k}? | List every charmed number of {k}. | Which numbers does {k} hold dear?", "How many lucky numbers does {k} have?"),
    ("system", "code", "{k} can be opened with {v}. | {k} also opens with {v}. | On weekends {k} accepts the code {v}.", "Which codes open {k}? | List all the codes for {k}. | What are all the passwords of {k}?", "How many codes does {k} accept?"),
    ("dish", "ingredient", "{k} needs {v}. | Do not forget to put {v} into {k}. | {p} finishes {k} with {v}.", "What goes into {k}? | Name all the ingredients of {k}. | List what {k} needs.", "How many ingredients are named for {k}?"),
    ("person", "language", "{k} learned {v} as a child. | {k} can also read {v}. | {k} wrote poems in {v}.", "Which languages does {k} know? | List all the languages of {k}. | What languages are mentioned for {k}?", "How many languages does {k} know?"),
    ("person", "prize", "{k} was awarded {v} in {y}. | {k} also won {v}. | The jury in {c} gave {k} {v}.", "Which prizes did {k} win? | List all awards of {k}. | What has {k} been awarded?", "How many prizes did {k} win?"),
    ("ship", "place", "{k} called at {v}. | {k} took on water in {v}. | After a storm {k} put into {v}.", "At which ports did {k} call? | List all the places {k} put into. | Where did {k} stop?", "In how many ports did {k} stop?"),
    ("company", "device", "{k} sells {v}. | {k} also makes {v}. | At the fair {k} showed {v}.", "Which products does {k} have? | List everything {k} makes. | What does {k} make or sell?", "How many products of {k} are mentioned?"),
    ("project", "person", "{v} has joined {k}. | {v} pays for part of {k}. | {v} was asked to advise {k}.", "Who is involved in {k}? | List all the people involved in {k}. | Name everybody connected with {k}.", "How many people are involved in {k}?"),
    ("person", "animal", "{k} owns {v}. | {k} also feeds {v}. | In the garden of {k} lives {v}.", "Which animals does {k} have? | List all the animals of {k}. | What animals are kept by {k}?", "How many animals does {k} have?"),
    ("person", "job", "{k} first worked as a {v}. | Later {k} tried life as a {v}. | For a year {k} was employed as a {v}.", "Which jobs has {k} had? | List all the occupations of {k}. | As what has {k} worked?", "How many jobs has {k} had?"),
]


def listed(r):
    key_type, value_type, facts, questions, count_question = r.choice(LISTS)
    key, values = KEYS[key_type](r), []
    while len(values) < r.choice([1, 2, 2, 3, 3, 4, 5]):
        value = VALUES[value_type](r)
        if value not in values and value != key:
            values.append(value)
    sentence = lambda k, v: capital(fill(r.choice(facts.split(" | ")), dict(dress(r), k=k, v=v, y=str(r.randint(1800, 2030)))))
    pieces = [dressed(r, sentence(key, v), n) for n, v in enumerate(values)]
    counting = r.random() < .2
    question = ask(r, [fill(q, {"k": key}) for q in ([count_question] if counting else questions.split(" | "))])
    answer = str(len(values)) if counting else ", ".join(values)
    if r.random() < .2:
        pieces, answer, values = [], None, []
    position = shuffled(r, list(range(len(pieces) + how_many(r))))
    mixed, given = [], iter(pieces)  # keep the order of the values: the answer names them as they appear
    for p in sorted(position):
        mixed.append(None)
    for at in sorted(r.sample(range(len(mixed)), len(pieces))):
        mixed[at] = next(given)
    for at, piece in enumerate(mixed):
        while mixed[at] is None:
            other = KEYS[key_type](r)
            if apart(other, key):
                mixed[at] = dressed(r, sentence(other, VALUES[value_type](r)))
    return Plan(question, answer, mixed, set(range(len(values))), everything=True, look_alikes=r.randint(0, 1), family="list")


CHANGES = "Correction: {}|Later this was changed: {}|That is no longer true. {}|As of {d}, the following holds: {}|Update of {d}: {}|In the meantime things are different: {}|The new arrangement: {}".split("|")
LAST = "After all changes: {}|{} (Give the latest information.)|In the end, {}|Finally, {}|According to the most recent statement, {}".split("|")
UPDATED = {"residence", "password", "boss", "deadline", "price", "eventdate", "eventplace", "eventtime", "captain", "leader", "room", "phone", "seat", "budget", "tenant", "boxcolour", "where", "meetday", "drink", "staff", "mayor"}


def updated(r):
    fact = Fact(r, r.choice([k for k in KINDS if k[0] in UPDATED]))
    facts, question = [fact], ask(r, fact.questions)
    for _ in range(r.choice([0, 1, 1, 1, 2, 3])):
        facts.append(Fact(r, fact.kind, fact.key, avoid=[f.value for f in facts]))
    pieces = [Piece.sentence(facts[0].sentence, 0)]
    for n, later in enumerate(facts[1:], 1):
        pieces.append(Piece.sentence(lead_in(r, later.sentence, r.choice(CHANGES).replace("{d}", date(r)))[0], n))
    wording = r.choice(LAST)
    if wording[0] != "{":
        question = question[0].lower() + question[1:] if question.split(" ")[0].lower() in ("what", "who", "where", "when", "how", "which", "at", "by", "on", "in", "to", "for") else question
    for other in distractors(r, fact, r.choice([0, 0, 1, 2])):
        pieces.insert(r.randint(0, len(pieces)), dressed(r, other.sentence))
    return Plan(wording.format(question), facts[-1].answer, pieces, set(range(len(facts))), everything=True, family="update")


BRIDGES = {"captain": "the captain of {k}", "architect": "the architect of {k}", "founder": "the founder of {k}", "boss": "the head of {k}", "birthplace": "the birthplace of {k}",
           "seat": "the town where {k} is based", "mayor": "the mayor of {k}", "author": "the author of {k}", "winner": "the winner of {k}", "married": "the person whom {k} married or is engaged to",
           "teacher": "the teacher of {k}", "animalowner": "the owner of {k}", "leader": "the leader of {k}", "invented": "the inventor of {k}", "stolen": "the person who took {k}",
           "eventplace": "the place where {k} is held", "tenant": "the owner of {k}", "origin": "the place that {k} comes from", "friend": "the best friend of {k}"}


def two_hops(r):
    while True:
        first = Fact(r, r.choice([k for k in KINDS if k[0] in BRIDGES]))
        seconds = [k for k in KINDS if k[1] == first.value_type and k[0] not in BRIDGES]
        if seconds:
            break
    second = Fact(r, r.choice(seconds), first.answer)
    phrase = BRIDGES[first.name].replace("{k}", first.key)
    question = ask(r, [q.replace(second.key, phrase) for q in second.questions])
    other_bridges = [d for d in distractors(r, first, r.choice([0, 1, 2])) if d.value != first.value]
    # Before the bridge is known, any fact of the second kind may matter; so others of that kind stand behind it.
    later = [d for d in distractors(r, second, r.choice([0, 1, 2, 3])) if d.key != first.key]
    clues = [dressed(r, first.sentence, 0), dressed(r, second.sentence, 1)]
    missing, x = None, r.random()
    if x < .18:
        clues, missing = clues[:1], True
    elif x < .28:
        clues, missing = [], True
        later = []
    elif x < .42 and not later:
        clues.reverse()
    pieces = clues
    bridge_at = 1
    for d in later:
        pieces.insert(r.randint(min(bridge_at, len(pieces)), len(pieces)), dressed(r, d.sentence))
    for d in other_bridges:
        if d.name == first.name or d.key_type != second.key_type:
            pieces.insert(r.randint(0, len(pieces)), dressed(r, d.sentence))
    return Plan(question, None if missing else second.answer, pieces, {0, 1}, family="two hops")
