"""Draws loss.png from a run's log.jsonl: python curve.py out"""

import json
import sys
from pathlib import Path


def curve(out: Path) -> None:
    """loss.png from log.jsonl."""
    try:
        import matplotlib
    except ImportError:
        print("no matplotlib: loss.png is not drawn")
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot
    rows = [json.loads(line) for line in open(out / "log.jsonl")]
    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    for key, label in (("loss", "weighted loss"), ("loss_action", "read / stop"), ("loss_clue", "new clue or none")):
        axes.plot([row["step"] for row in rows], [row[key] for row in rows], label=label, linewidth=1)
    axes.set(xlabel="step", ylabel="loss", yscale="log")
    axes.legend()
    figure.tight_layout()
    figure.savefig(out / "loss.png", dpi=120)


if __name__ == "__main__":
    curve(Path(sys.argv[1]))
