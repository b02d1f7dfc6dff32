"""Training speed: window attention against full attention, by the length of a sequence.

    python throughput.py --base base --out throughput.json

Tokens a second of whole optimizer steps (forward, backward, update) on random tokens, all of one length, after the first
steps have compiled everything. Full attention is the same kernel with a window as long as the sequence.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np
import torch

import train
from trainer import Ranks, Trainer

LABELLED = 20  # one token in so many has a loss, as in the rounds of a reading


def measure(base: Path, length: int, window: int, tokens: int, steps: int, more: list[str]) -> float:
    """Tokens per second of the median step."""
    rows = max(1, tokens // length)
    with tempfile.TemporaryDirectory() as out:
        args = train.arguments(["--base", str(base), "--out", out, "--steps", "1", "--length", str(length), "--window",
                                str(window), "--rows", str(rows), "--accumulate", "1", *more])
        ranks = Ranks()
        ranks.join(args.device)
        trainer = Trainer(args, ranks)
        pick, times = np.random.default_rng(1), []
        for step in range(steps + 2):
            items = []
            for _ in range(rows):
                weights = (pick.integers(LABELLED, size=length) == 0).astype(np.float32)
                items.append((pick.integers(20, trainer.model.config.vocab, length).astype(np.int32), weights))
            wait(args.device)
            begun = time.time()
            trainer.micro(items)
            trainer.update(1e-5)
            wait(args.device)
            times.append(time.time() - begun)
    return rows * length / float(np.median(times[2:]))


def wait(device: str) -> None:
    if device == "cuda":
        torch.cuda.synchronize()


def main(given=None) -> list[dict]:
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--lengths", nargs="+", type=int, default=[8192, 32768, 65536])
    p.add_argument("--window", type=int, default=2048)
    p.add_argument("--tokens", type=int, default=65536, help="of a step")
    p.add_argument("--steps", type=int, default=5)
    p.add_argument("--out", type=Path)
    args, more = p.parse_known_args(given)
    rows = []
    for length in args.lengths:
        window = measure(args.base, length, args.window, args.tokens, args.steps, more)
        full = measure(args.base, length, length, args.tokens, args.steps, more)
        rows.append({"length": length, "window_tokens_per_s": window, "full_tokens_per_s": full, "ratio": window / full})
        print(f"{length:>8,} tokens: window {window:>10,.0f} tok/s, full {full:>10,.0f} tok/s, {window / full:.2f}x", flush=True)
        if args.out:
            args.out.write_text(json.dumps(rows, indent=1) + "\n")
    return rows


if __name__ == "__main__":
    main()
