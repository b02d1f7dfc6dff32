"""Whole readings from JSON lines (READINGS.md), as training documents."""
import json

from lines import opened
from protocol import CLUE_LIMIT, Round


class BadReading(ValueError):
    pass


def read(path):
    """The readings of a file, checked."""
    result = []
    with opened(path) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                result.append(checked(json.loads(line)))
            except (ValueError, KeyError, TypeError) as problem:
                raise BadReading("%s, line %d: %s" % (path, number, problem)) from problem
    return result


def checked(row):
    def require(holds, rule):
        if not holds:
            raise ValueError(rule)

    rounds, answer, everything = row["rounds"], row["answer"], row.get("everything", False)
    require(isinstance(row["question"], str) and row["question"].strip(), "the question is blank")
    require(answer is None or isinstance(answer, str) and answer.strip(), "the answer is blank; null says that there is none")
    require(isinstance(everything, bool), "everything is neither true nor false")
    require(isinstance(row["complete"], bool), "complete is neither true nor false")
    require(isinstance(rounds, list), "rounds is not a list")
    require(rounds, "there is no round")
    for number, round_ in enumerate(rounds):
        last = number == len(rounds) - 1
        require(round_["action"] in ("read", "stop"), "round %d: action %r is neither read nor stop" % (number, round_["action"]))
        require((round_["action"] == "stop") == last, "round %d: stop stands in the last round, and there alone" % number)
        require(isinstance(round_["chunk"], str), "round %d: chunk is not a string" % number)
        require(isinstance(round_["clues"], list), "round %d: clues is not a list" % number)
        for clue in round_["clues"]:
            require(isinstance(clue, str), "round %d: a clue is not a string" % number)
            require(clue.strip() and clue in round_["chunk"], "round %d: its chunk does not hold the clue %r" % (number, clue))
    require(row["complete"] or answer is not None, "it stops early without an answer")
    require(row["complete"] or not everything, "it stops early though everything has to be read")
    return row


def document(writer, row):
    """(question ids, ids of the chunks, rounds); None when a clue or the question is too long to train on."""
    known, rounds = [], []
    for number, round_ in enumerate(row["rounds"]):
        chunk, last = round_["chunk"], number == len(row["rounds"]) - 1
        new = []
        for clue in round_["clues"]:
            at = chunk.index(clue)
            new.append(writer.clue(chunk, at, at + len(clue)))
        if any(len(clue) > CLUE_LIMIT for clue in new):
            return None
        answer = writer.answer(row["answer"]) if last and row["answer"] is not None else None
        rounds.append(Round(list(known), new, last, answer, last and row["complete"]))
        known = known + new
    question = writer.ids(row["question"])
    return None if len(question) > 120 else (question, [writer.ids(r["chunk"]) for r in row["rounds"]], rounds)
