"""How right answers and honest clues are counted."""

import re
import string
from collections import Counter


def normal(text: str) -> list[str]:
    """Words as the SQuAD score sees them: lower case, no punctuation, no articles."""
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def f1(answer: str, accepted: list[str]) -> float:
    best, words = 0.0, normal(answer)
    for candidate in accepted:
        wanted = normal(candidate)
        common = sum((Counter(words) & Counter(wanted)).values())
        if common:
            best = max(best, 2 * common / (len(words) + len(wanted)))
        elif words == wanted:
            best = 1.0
    return best


def contains(answer: str, accepted: list[str]) -> bool:
    return any(candidate.lower() in answer.lower() for candidate in accepted)


def judge(document, result, spans: list[tuple[int, int]], decode) -> dict:
    """One line of the result file. `spans`: where each chunk lies in the document, in characters."""
    answer = "" if result.answer is None else decode(result.answer).strip()
    clues = [decode(clue).strip() for clue in result.clues]
    marks = document.told()
    told = [any(start < place + len(text) and stop > place for place, text in marks) for start, stop in spans]
    # Chunks read before anything of the evidence was seen: news and stops there are false alarms.
    blank = told.index(True) if True in told else len(spans)
    rounds = result.rounds[:blank] if len(result.rounds) == len(spans) or len(result.rounds) > 1 else []
    early = [r for number, r in enumerate(rounds) if number < len(spans) - 1]
    squeeze = lambda text: " ".join(text.split())
    quoted = [squeeze(clue) for clue in clues if len(squeeze(clue)) > 8]
    wanted = [squeeze(text) for _, text in marks]
    right = (all(contains(answer, accepted) for accepted in document.every) if document.every
             else contains(answer, document.answers) if document.answers else result.answer is None)
    return {
        "id": document.id, "question": document.question, "answers": document.every or document.answers, "answer": answer,
        "not_found": result.answer is None, "clues": clues, "depth": document.depth, "tokens": document.tokens,
        "correct": right,
        "f1": f1(answer, document.answers) if document.answers else float(right),
        "quoted": bool(wanted) and all(any(c in evidence or evidence in c for c in quoted) for evidence in wanted),
        "verbatim": sum(clue in document.text for clue in clues), "rounds": len(result.rounds), "chunks": len(spans),
        "blank_rounds": len(rounds), "false_clues": sum(r.new > 0 for r in rounds),
        "stop_chances": len(early), "false_stops": sum(r.stopped for r in early),
        "largest_blank_stop": max((r.stop for r in early), default=0.0),
        "fed": result.tokens, "repaired": result.repaired,
    }


def summary(rows: list[dict]) -> dict:
    """Means over documents; false alarms per chunk."""
    n = max(1, len(rows))
    total = lambda key: sum(row[key] for row in rows)
    deciles = {}
    for row in rows:
        deciles.setdefault(min(9, max(0, int(row["depth"] * 10))), []).append(row["correct"])
    return {
        "n": len(rows), "accuracy": total("correct") / n, "f1": total("f1") / n, "quoted": total("quoted") / n,
        "not_found": total("not_found") / n, "clues": sum(len(row["clues"]) for row in rows),
        "clues_verbatim": total("verbatim"), "blank_rounds": total("blank_rounds"),
        "false_clues_per_chunk": total("false_clues") / max(1, total("blank_rounds")),
        "false_stops_per_chunk": total("false_stops") / max(1, total("stop_chances")),
        "repaired_rounds": total("repaired"),
        "by_depth": {f"{d / 10:.1f}": f"{sum(c)}/{len(c)}" for d, c in sorted(deciles.items())},
    }
