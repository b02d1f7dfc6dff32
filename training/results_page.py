"""Turns what evaluate.py wrote into the results.json of smoothreading-eval, whose `page` and `compare` then take it.

    python evaluate.py --model reader --tokens 8192 65536 262144 --count 100 --mode kept dropped one-round --out niah.json
    python results_page.py --results niah.json --device "one H200" --out run
    evaluate page run run                      # smoothreading-eval

Depths are put into ten bins, lengths are those asked for.
"""

import argparse
import json
import re
from pathlib import Path

MODES = {"kept": "memory kept", "dropped": "memory dropped", "one-round": "one round"}


def result(part: dict, row: dict, seconds: float) -> dict:
    length = re.search(r"-(\d+)$", part["set"]).group(1)
    depth = min(9, max(0, int(row["depth"] * 10))) / 10 + 0.05
    task = "nothing to find" if "absent" in part["set"] else "one needle" if part["set"].startswith("niah") else "questions"
    reader = MODES[part["mode"]]
    labels = {"length": length} if "absent" in part["set"] else {"length": length, "depth": f"{depth:.2f}"}
    return {
        "id": f"needles/{task}/{reader}/{row['id']}", "experiment": "needles", "task": task, "reader": reader,
        "labels": labels, "question": row["question"], "answers": row["answers"],
        "ending": "not-found" if row["not_found"] else "answered-early" if row["rounds"] < row["chunks"] and part["mode"] != "one-round"
        else "answered",
        "prediction": row["answer"], "message": "", "score": row["f1"] if task == "questions" else float(row["correct"]),
        "clues": row["clues"], "verified": row["verbatim"],
        "cost": {"seconds": seconds, "tokens": row["tokens"], "rounds": row["rounds"], "fed": row["fed"], "generated": 0,
                 "accepted": 0, "peakBytes": 0, "anonymousBytes": 0, "stateBytes": 0},
    }


def main(args) -> None:
    report = [part for path in args.results for part in json.loads(path.read_text(encoding="utf-8"))]
    results = []
    for part in report:
        # Documents are read side by side, so a document's time is its share.
        share = part["seconds"] / max(1, len(part["documents"]))
        results += [result(part, row, share) for row in part["documents"]]
    about = {
        "format": 1, "suite": "training/evaluate.py", "command": args.command, "started": args.started,
        "settings": {"chunk": str(report[0]["chunk"]), "stop at": str(report[0]["stop_at"])},
        "model": {"name": args.model, "window W": str(report[0]["window"]), "chunk C": str(report[0]["chunk"])},
        "machine": {"device": args.device}, "versions": {},
    }
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "results.json").write_text(json.dumps({"about": about, "results": results}, ensure_ascii=False, indent=1),
                                           encoding="utf-8")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--results", type=Path, nargs="+", required=True)
    p.add_argument("--out", type=Path, required=True, help="folder for results.json")
    p.add_argument("--device", default="unknown", help="what it ran on, for the page")
    p.add_argument("--model", default="reader", help="the model's name, for the page")
    p.add_argument("--command", default="python evaluate.py", help="the command line, for the page")
    p.add_argument("--started", default="", help="when, for the page")
    main(p.parse_args())
