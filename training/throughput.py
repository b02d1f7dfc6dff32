"""Training throughput, window against full attention, on the same weights: tokens a second and peak memory.

    python throughput.py --base reader --lengths 8192 32768 65536 --out throughput.json      # one GPU, a few minutes

Sequences are random ids, and one position in twenty counts in the loss, about as in the rounds of a reading: no data are needed,
and the loss means nothing. The first steps (compilation) are left out.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import torch

import train
from trainer import Ranks, Trainer


def measure(args, more: list[str], length: int, window: int) -> dict:
    with tempfile.TemporaryDirectory() as out:
        options = train.arguments(["--base", str(args.base), "--out", out, "--steps", "1", "--length", str(length),
                                   "--window", str(window), "--device", args.device, "--attention", args.attention, *more])
    ranks = Ranks()
    ranks.join(options.device)
    cuda = options.device == "cuda"
    torch.set_float32_matmul_precision("high")
    trainer = Trainer(options, ranks)
    random, vocabulary = np.random.default_rng(1), trainer.model.head().shape[0]
    wait = torch.cuda.synchronize if cuda else lambda: None
    if cuda:
        torch.cuda.reset_peak_memory_stats()
    seconds = []
    for step in range(args.warm_up + args.steps):
        items = [(random.integers(20, vocabulary, length, dtype=np.int32), (random.integers(20, size=length) == 0).astype(np.float32))
                 for _ in range(max(1, args.tokens // length))]
        wait()
        begun = time.perf_counter()
        for item in items:
            trainer.micro([item])
        trainer.update(1e-5)
        wait()
        if step >= args.warm_up:
            seconds.append(time.perf_counter() - begun)
    return {"length": length, "window": window, "full": window >= length, "steps": len(seconds),
            "tokens_per_s": len(items) * length / statistics.median(seconds),
            "peak_bytes": torch.cuda.max_memory_allocated() if cuda else 0}


def main(given=None) -> list[dict]:
    args, more = arguments(given)
    rows = []
    print(f"{'length':>8} {'window':>8} {'tokens/s':>10} {'GiB':>6} {'x full':>7}")
    for length in args.lengths:
        pair = []
        for window in (length, min(args.window, length)):
            pair.append(measure(args, more, length, window))
            torch.cuda.empty_cache() if args.device == "cuda" else None
            torch._dynamo.reset()
        for row in pair:
            row["times_full"] = row["tokens_per_s"] / pair[0]["tokens_per_s"]
            print(f"{row['length']:>8} {row['window']:>8} {row['tokens_per_s']:>10.0f} {row['peak_bytes'] / 2**30:>6.1f} "
                  f"{row['times_full']:>7.2f}", flush=True)
        rows += pair
        if args.out:  # after every length: a run that is cut short keeps what it has
            name = torch.cuda.get_device_name() if args.device == "cuda" else "cpu"
            args.out.write_text(json.dumps({"device": name, "torch": torch.__version__, "attention": args.attention,
                                            "rows": rows}, indent=1))
    return rows


def arguments(given):
    cuda = torch.cuda.device_count() > 0
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog="Further options go to train.py.")
    p.add_argument("--base", type=Path, required=True, help="folder of a checkpoint or reader")
    p.add_argument("--lengths", type=int, nargs="+", default=[8192, 32768, 65536])
    p.add_argument("--window", type=int, default=2048)
    p.add_argument("--tokens", type=int, default=65536, help="tokens of a step, one sequence at a time")
    p.add_argument("--steps", type=int, default=5)
    p.add_argument("--warm-up", type=int, default=3)
    p.add_argument("--attention", default="flex" if cuda else "masked")
    p.add_argument("--device", default="cuda" if cuda else "cpu")
    p.add_argument("--out", type=Path)
    return p.parse_known_args(given)


if __name__ == "__main__":
    main()
