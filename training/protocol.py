"""The stream a reader is trained on: reserved ids, the layout of a reading, and the loss weight of each id."""
import json

import numpy as np
from tokenizers import Tokenizer

QUESTION, TEXT, NOTES, LAST_NOTES, END = 3, 5, 6, 7, 2
CLUES, SEPARATOR, REASON, READ, STOP, NOT_FOUND = 8, 9, 10, 11, 12, 13
NOTHING_NEW, NEW_CLUE = "Nothing new here.", "A new clue."
ROUND_BUDGET = 320  # ids of a round without the repeated question
CLUE_LIMIT = 80     # ids of one clue

# Loss weights. FOUND: the first id of a new clue, or the separator before it. KNOWN: clues of earlier rounds, which are copied.
PLAIN, FOUND, KNOWN, ANSWER = 1.0, 3.0, 0.25, 2.0


def load_tokenizer(path):
    """The tokenizer without its added tokens: text that looks like a control token stays ordinary pieces."""
    with open(path, encoding="utf-8") as file:
        description = json.load(file)
    description["added_tokens"] = []
    description["post_processor"] = None
    description["truncation"] = description["padding"] = None
    return Tokenizer.from_str(json.dumps(description))


class Round:
    """What is written after one chunk. `answer` is None when no answer can be given; it counts only with `stop`."""

    def __init__(self, known, new, stop=False, answer=None, last=False, action_counts=True):
        self.known, self.new = known, new  # lists of clues, each a list of ids
        self.stop, self.answer, self.last, self.action_counts = stop, answer, last, action_counts


class Writer:
    """Builds streams of (ids, loss weights)."""

    def __init__(self, tokenizer):
        self.encode = lambda text: tokenizer.encode(text, add_special_tokens=False)
        self.nothing_new = self.ids(NOTHING_NEW)
        self.new_clue = self.ids(NEW_CLUE)

    def ids(self, text):
        return self.encode(text).ids

    def clue(self, text, start, end):
        """A clue goes on as the chunk does: the space before a sentence belongs to its first id there. The reader strips it."""
        return self.ids(text[start - 1 if start > 0 and text[start - 1] == " " else start:end])

    def answer(self, text):
        """With a space before it, so that its ids are those that stand in the text."""
        return self.ids(" " + text)

    def round(self, round_, question_ids):
        """The ids and weights from [notes] to the end of the round; None when it is over budget."""
        ids = [LAST_NOTES if round_.last else NOTES] + question_ids + [CLUES]
        weights = [0.0] * len(ids)
        given = len(ids)
        for number, clue in enumerate(round_.known + round_.new):
            ids += ([SEPARATOR] if number else []) + clue
        decision = given + sum(map(len, round_.known)) + max(0, len(round_.known) - 1)
        ids += [REASON] + (self.new_clue if round_.new else self.nothing_new)
        weights += [KNOWN] * (decision - given) + [FOUND if round_.new else PLAIN] + [PLAIN] * (len(ids) - decision - 1)
        ids.append(STOP if round_.stop else READ)
        weights.append(PLAIN if round_.action_counts else 0.0)
        if round_.stop:
            answer = [NOT_FOUND] if round_.answer is None else list(round_.answer)
            ids += answer + [END]
            weights += [ANSWER] * len(answer) + [PLAIN]
        return None if len(ids) - given > ROUND_BUDGET else (ids, weights)

    def kept(self, question_ids, chunk_ids, rounds):
        """Memory kept: one stream for the whole reading."""
        ids, weights = [QUESTION] + question_ids, [0.0] * (1 + len(question_ids))
        for chunk, round_ in zip(chunk_ids, rounds):
            written = self.round(round_, question_ids)
            if written is None:
                return None
            ids += [TEXT] + chunk + written[0]
            weights += [0.0] * (1 + len(chunk)) + written[1]
        return arrays(ids, weights)

    def dropped(self, question_ids, chunk_ids, rounds, index):
        """Memory dropped: question, previous round, one chunk and its round."""
        ids = [QUESTION] + question_ids
        if index:
            before = self.round(rounds[index - 1], question_ids)
            if before is None:
                return None
            ids += before[0]
        ids += [TEXT] + chunk_ids[index]
        written = self.round(rounds[index], question_ids)
        if written is None:
            return None
        return arrays(ids + written[0], [0.0] * len(ids) + written[1])


def arrays(ids, weights):
    return np.array(ids, np.int32), np.array(weights, np.float32)
