"""The reading loop, as a generator of decoder steps: memory kept, memory dropped, one round."""

import math
from dataclasses import dataclass, field

from decoder import Step
from reader import PROTOCOL, REASONS, ROUND

QUESTION, TEXT, NOTES, LAST, END, CLUES, SEPARATOR, REASON, READ, STOP, NOT_FOUND = (
    PROTOCOL[name] for name in ("question", "text", "notes", "lastNotes", "end", "clues", "separator", "reason", "read",
                                "stop", "notFound"))
PROBES = (READ, STOP)
ACTIONS = (READ, STOP, END, NOT_FOUND)
RESERVED = frozenset(PROTOCOL.values())
MODES = ("kept", "dropped", "one-round")
_ANSWER_LIMIT = 96
_LOOKUP = 32  # tokens drafted from the text


@dataclass
class Options:
    mode: str = "kept"
    stop_at: float = 0.5  # stop early when P(stop) reaches this; above 1: never
    drafts: bool = True
    round_limit: int = ROUND


@dataclass
class Written:
    """One round as it was written, behind its target."""
    ids: list[int]
    clues: list[list[int]]
    new: int      # clues that no round before had
    stop: float   # probability of stop against read
    stopped: bool


@dataclass
class Result:
    answer: list[int] | None = None  # None: not found, or never stopped
    clues: list[list[int]] = field(default_factory=list)  # of all rounds
    rounds: list[Written] = field(default_factory=list)
    tokens: int = 0    # fed, rejected drafts included
    repaired: int = 0  # rounds that were too long and were written again by rule


def join(clues: list[list[int]]) -> list[int]:
    ids = []
    for number, clue in enumerate(clues):
        ids += [SEPARATOR] * (number > 0) + clue
    return ids


def split(ids: list[int]) -> list[list[int]]:
    clues = [[]]
    for id in ids:
        if id == SEPARATOR:
            clues.append([])
        else:
            clues[-1].append(id)
    return [clue for clue in clues if clue]


def lookup(tail: list[int], sources: list[list[int]]) -> list[int]:
    """What followed the longest end of `tail` (4 to 1 tokens) where it last stood in a source."""
    best, found = 0, []
    for source in sources if tail else ():
        for at in range(len(source) - 2, -1, -1):
            if source[at] == tail[-1]:
                size = 1
                while size < min(4, len(tail), at + 1) and source[at - size] == tail[-1 - size]:
                    size += 1
                if size > best:
                    best, found = size, source[at + 1:at + 1 + _LOOKUP]
    return found


class Loop:
    """One reading of chunks (lists of ids). `run` is a generator of Steps that is sent Outcomes and returns a Result."""

    def __init__(self, question: list[int], chunks: list[list[int]], encode, options: Options):
        if options.mode not in MODES:
            raise ValueError(f"mode {options.mode!r} is unknown: use one of {MODES}")
        self.question, self.chunks, self.options = question, chunks, options
        self.nothing, self.found = encode(REASONS["nothingNew"]), encode(REASONS["newClue"])
        self.result = Result()
        self.back = 0  # drafted in vain by the last step; taken back by the next

    def run(self):
        head, last = [QUESTION] + self.question, len(self.chunks) - 1
        one_round, dropped = self.options.mode == "one-round", self.options.mode == "dropped"
        rounds, before = self.result.rounds, list(head)  # before: ids that are decided and not fed yet
        for number, chunk in enumerate(self.chunks):
            final = number == last
            if dropped and number > 0:
                before = head + [NOTES] + self.question + [CLUES] + rounds[-1].ids
            fresh = dropped or number == 0
            before += [TEXT] * (not one_round or number == 0) + chunk
            if one_round and not final:
                yield from self.feed(before, 0, number == 0)
                before = []
                continue
            before += [LAST if final else NOTES] + self.question + [CLUES]
            rounds.append((yield from self.round(before, chunk, final, fresh)))
            before = [rounds[-1].ids[-1]]
            if rounds[-1].stopped:
                self.result.answer = yield from self.answer(before)
                break
        return self.result

    def feed(self, ids: list[int], wanted: int, fresh: bool = False):
        outcome = yield Step(ids, wanted, fresh, 0 if fresh else self.back)
        self.back = 0
        self.result.tokens += len(ids)
        return outcome

    def decode(self, before: list[int], draft: list[int], fresh: bool = False):
        """Feeds what is decided and a draft of what may follow; returns the accepted ids and one more, and the probes of
        that last one."""
        outcome = yield from self.feed(before + draft, len(draft) + 1, fresh)
        same = 0
        while same < len(draft) and outcome.ids[same] == draft[same]:
            same += 1
        self.back = len(draft) - same
        return draft[:same] + [outcome.ids[same]], outcome.probes[same]

    def round(self, before: list[int], chunk: list[int], final: bool, fresh: bool):
        out, known = [], self.result.rounds[-1].clues if self.result.rounds else []
        while True:
            got, probes = yield from self.decode(before, self.draft(out, known, chunk), fresh)
            out, before, fresh = out + got, got[-1:], False
            limit = self.options.round_limit
            if out[-1] in ACTIONS and len(out) <= limit:  # no draft holds one, so it can only be the last
                return self.close(out[:-1], probes, final)
            if len(out) >= limit:
                return (yield from self.repair(out, known, final))

    def draft(self, out: list[int], known: list[list[int]], chunk: list[int]) -> list[int]:
        if not self.options.drafts:
            return []
        usual = join(known) + [REASON] + self.nothing
        if out == usual[:len(out)]:
            return usual[len(out):]
        if REASON in out:
            at = out.index(REASON)
            reason, written = self.nothing if split(out[:at]) == known else self.found, out[at + 1:]
            return reason[len(written):] if written == reason[:len(written)] else []
        start = len(out) - out[::-1].index(SEPARATOR) if SEPARATOR in out else 0
        return lookup(out[start:], [chunk] + known)

    def close(self, ids: list[int], probes: list[float], final: bool) -> Written:
        read, stop = (math.exp(p) for p in probes)
        chance = stop / max(read + stop, 1e-30)
        stopped = final or chance >= self.options.stop_at
        clues = split(ids[:ids.index(REASON)] if REASON in ids else ids)
        new = [clue for clue in clues if clue not in self.result.clues]
        self.result.clues += new
        return Written(ids + [STOP if stopped else READ], clues, len(new), chance, stopped)

    def repair(self, out: list[int], known: list[list[int]], final: bool):
        """Too long: all of the round but its last id has been fed. It is taken back, and the clues of the round before
        are written by rule, the oldest left out if need be."""
        self.result.repaired += 1
        shown, room = list(known), self.options.round_limit - len(self.nothing) - 2
        while len(join(shown)) > room:
            shown.pop(0)
        ids = join(shown) + [REASON] + self.nothing
        self.back += len(out) - 1
        outcome = yield from self.feed(ids, 1)
        return self.close(ids, outcome.probes[0], final)

    def answer(self, before: list[int]):
        out, sources = [], self.result.clues[::-1]
        while len(out) < _ANSWER_LIMIT:
            draft = lookup(out, sources) if self.options.drafts else []
            got, _ = yield from self.decode(before, draft)
            out, before = out + got, got[-1:]
            if out[-1] in (END, NOT_FOUND):
                break
        out = out[:_ANSWER_LIMIT]
        return None if NOT_FOUND in out else [id for id in out if id not in RESERVED]
