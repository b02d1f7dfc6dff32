"""Scores real predictions with LongBench's own metrics.py, for MetricTest.

    python make_metric_expected.py --held-out ../../../../training/data/qa-train.jsonl.gz --out short-questions.jsonl
    evaluate run benchmark --data short-questions.jsonl --modes kept --at-once 8 --out short        # two minutes
    pip install rouge==1.0.1 fuzzywuzzy==0.18.0 jieba==0.42.1        # no python-Levenshtein: it scores differently
    python make_metric_expected.py --metrics LongBench/metrics.py --questions short-questions.jsonl \
        --results short/results.jsonl --out ../resources/io/github/smoothreading/eval/metric/expected.jsonl

The questions are held-out ones of the training data with their evidence as the text. Every second prediction is the answer, the others are the answer with
the clues below it, so that there are long ones. Rows at the end are made by hand: what a model seldom writes.

`--pairs` scores other predictions instead: JSON lines with prediction, answers, evidence. Run the test on them with
`-Dmetrics.expected=FILE`.
"""

import argparse
import gzip
import hashlib
import importlib.util
import json
import random
import re
from pathlib import Path

BY_HAND = [
    ("", "Paris"), (" ", "Paris"), (".", "Paris"), ("...", "a"), ("\n\n", "the"), ("the", "the"), ("The.", "a the an"),
    ("É É é", "é"), ("naïve café\u00a0society", "Naive café society"), ("İstanbul", "istanbul"), ("ΟΔΟΣ", "οδος"),
    ("段落3", "段落3"), ("Paragraph 3 or Paragraph 30", "3"), ("٣ and 3", "3"), ("a² the b", "a²"), ("l'an a_b an", "an"),
    ("# note\n// more\nint x = 1;", "int x = 1;"), ("```\nreturn a\n```", "return b"), ("\n\nx", "x"), ("😀 ok", "😀 ok!"),
    ("word\u2028break\u3000here\x1cthere", "word break here there"), ("one. two. three", "three. two. one."), (". .", "."),
    ("a b c d a b c d", "a b c d"), ("x" * 300 + "abc", "abc" + "x" * 300), ("ab" * 150, "ba" * 150),
]


def held_out(path, count=225):
    """Questions that no model of ours was trained on: with letters beyond ASCII, with numbers, with several answers first."""
    rows = [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]
    title = lambda row: any(int(hashlib.md5(p["title"].encode()).hexdigest(), 16) % 20 == 0 for p in row["passages"])
    evidence = lambda row: [e for p in row["passages"] for e in p["evidence"]]
    rows = [row for row in rows if row["answers"] and title(row) and evidence(row)
            and sum(len(p["text"]) for p in row["passages"]) < 900]
    random.Random(1).shuffle(rows)
    kinds = [lambda row: not " ".join(row["answers"] + evidence(row)).isascii(),
             lambda row: any(c.isdigit() for c in row["answers"][0]), lambda row: len(row["answers"]) > 1, lambda row: True]
    chosen = []
    for kind, most in zip(kinds, (70, 60, 50, count)):
        more = [row for row in rows if kind(row) and row not in chosen]
        chosen += more[:min(most, count - len(chosen))]
    for i, row in enumerate(chosen):
        yield {"_id": str(i), "dataset": "short-questions", "input": row["question"], "context": " ".join(evidence(row)),
               "answers": row["answers"], "evidence": evidence(row), "all_classes": [], "licence": row["licence"]}


def load(path):
    spec = importlib.util.spec_from_file_location("metrics", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def best(metric, prediction, answers, **more):
    return max([0.0] + [float(metric(prediction, answer, **more)) for answer in answers])


def row(metrics, prediction, answers, classes, evidence, number):
    return {
        "prediction": prediction, "answers": answers, "classes": classes, "evidence": evidence, "number": number,
        "expected": {
            "QA_F1": best(metrics.qa_f1_score, prediction, answers),
            "ROUGE_L": best(metrics.rouge_score, prediction, [evidence]),
            "CLASSIFICATION": best(metrics.classification_score, prediction, answers, all_classes=classes),
            "RETRIEVAL": best(metrics.retrieval_score, prediction, [f"Paragraph {number}"]),
            "RETRIEVAL_ZH": best(metrics.retrieval_zh_score, prediction, [f"段落{number}"]),
            "COUNT": best(metrics.count_score, prediction, [number]),
            "EDIT_SIMILARITY": best(metrics.code_sim_score, prediction, [answers[0], evidence]),
        },
    }


def from_pairs(args, metrics):
    pairs = [json.loads(line) for line in args.pairs.open(encoding="utf-8")]
    for i, pair in enumerate(pairs):
        answer, prediction = pair["answers"][0], pair["prediction"]
        words = answer.split() or ["x"]
        said = re.findall(r"[0-9]+", answer) or re.findall(r"[0-9]+", prediction) or [str(i % 9)]
        classes = [words[0], answer, pairs[(i + 1) % len(pairs)]["answers"][0], prediction[:20]]
        yield row(metrics, prediction, pair["answers"], [c for c in classes if c], pair["evidence"], said[0])


def from_run(args, metrics):
    questions = {f"{i}-{q['_id']}": q for i, q in enumerate(map(json.loads, args.questions.open(encoding="utf-8")))}
    results = {r["id"].rsplit("/", 1)[1]: r for r in map(json.loads, args.results.open(encoding="utf-8"))}
    others = [q["answers"][0] for q in questions.values()]
    for i, (name, question) in enumerate(questions.items()):
        if name not in results:
            continue
        result = results[name]
        prediction = result["prediction"] if i % 2 == 0 else "\n".join([result["prediction"], *result["clues"]])
        answer = question["answers"][0]
        # The right class, a part of it, and classes of other questions, one of which may be said as well.
        classes = [answer.split()[0], answer, others[(i + 1) % len(others)], *(c[:40] for c in result["clues"][:1])]
        evidence = " ".join(question["evidence"])
        said = re.findall(r"\d+", answer) or re.findall(r"\d+", evidence) or [str(i % 9)]
        yield row(metrics, prediction, question["answers"], classes, evidence, said[0])


def main(args):
    if args.held_out:
        args.out.write_text("".join(json.dumps(q, ensure_ascii=False) + "\n" for q in held_out(args.held_out)), encoding="utf-8")
        return
    metrics = load(args.metrics)
    rows = list(from_pairs(args, metrics) if args.pairs else from_run(args, metrics))
    real = len(rows)
    for prediction, answer in BY_HAND:
        said = re.findall(r"[0-9]+", answer) or ["1"]
        rows.append(row(metrics, prediction, [answer, "other"], [answer[:1], answer, "other"], answer, said[0]))
    with args.out.open("w", encoding="utf-8") as out:
        for each in rows:
            out.write(json.dumps(each, ensure_ascii=False) + "\n")
    print(f"{real} real predictions, {len(rows) - real} by hand")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("held-out", "metrics", "questions", "results", "pairs", "out"):
        p.add_argument("--" + name, type=Path, required=name == "out")
    main(p.parse_args())
