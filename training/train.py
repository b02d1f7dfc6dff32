"""Fine-tunes a language model into a reader. One process a GPU:

    python train.py --base base --data data --out out --minutes 8
    torchrun --standalone --nproc-per-node 2 train.py --base base --data data --out out --minutes 8

With --minutes the learning rate follows the clock and the run ends in time; with --steps a run can be repeated.
"""

import argparse
import json
import math
import os
import time
from pathlib import Path

import torch
import torch.distributed as dist

import folder
import loss
import packing
import reader
from curve import curve
from trainer import STARTED, Clock, Ranks, Trainer, rate


def run(args, documents) -> None:
    """Trains; `documents(worker, workers, seed)` gives an endless iterable of (ids, weights)."""
    ranks = Ranks()
    args.out.mkdir(parents=True, exist_ok=True)
    part = args.out / f"tokenizer.{ranks.rank}.part"
    part.write_text(reader.tokenizer_json(args.base), encoding="utf-8")
    os.replace(part, args.out / "tokenizer.json")
    (args.out / "config.json").write_text((args.base / "config.json").read_text())

    # Worker processes are forked before threads and CUDA start. A resumed run reads other documents than the first part.
    begin = folder.metadata(args.resume)["step"] if args.resume else "0"
    seed = args.seed + 1_000_003 * int(begin)
    count = max(1, args.workers // ranks.world)
    feed = packing.Feed(lambda worker: documents(worker, count * ranks.world, seed), ranks.rank * count, count,
                        args.length, seed)
    ranks.join(args.device)
    torch.manual_seed(args.seed)
    trainer = Trainer(args, ranks)
    if args.resume:
        trainer.restore(args.resume)
    clock, log, writing = Clock(args.steps, args.minutes, args.spare), None, None
    if ranks.rank == 0:
        log = open(args.out / "log.jsonl", "a" if args.resume else "w", buffering=1)
    marked, saved, waited = time.time(), time.time(), 0.0
    longest = 0.0
    while True:
        progress, stop, store = ranks.agree(
            clock.progress(trainer.step),
            clock.deadline is not None and time.time() + longest > clock.deadline,
            args.every > 0 and time.time() - saved > 60 * args.every)
        if progress >= 1 or stop:
            break
        lr = rate(trainer.step, progress, args.lr, args.warm_up)
        begun = time.time()
        for _ in range(args.accumulate):
            before = time.time()
            items = [feed.next() for _ in range(args.rows)]
            waited += time.time() - before
            trainer.micro(items)
        trainer.update(lr)
        if trainer.step <= 3 or trainer.step % args.log_every == 0:
            row = trainer.report()  # waits for the device
            now = time.time()
            row = {"step": trainer.step, **row, "lr": lr, "progress": progress,
                   "tokens_per_s": trainer.tokens * ranks.world / (now - marked), "data_wait_s": waited,
                   "seconds": now - STARTED}
            if not math.isfinite(row["loss"]):
                raise RuntimeError(f"the loss is {row['loss']} at step {trainer.step}; lower --lr")
            if log:
                log.write(json.dumps({k: round(v, 7) if isinstance(v, float) else v for k, v in row.items()}) + "\n")
                print(f"step {row['step']} loss {row['loss']:.4f} action {row['loss_action']:.4f} clue "
                      f"{row['loss_clue']:.4f} lr {lr:.2e} {row['tokens_per_s'] / 1e3:.1f}k tok/s "
                      f"waited {waited:.1f} s at {row['seconds']:.0f} s, {100 * progress:.1f} %", flush=True)
            marked, waited, trainer.tokens = now, 0.0, 0
        if trainer.step > 3:
            longest = max(longest, time.time() - begun)
        if store and ranks.rank == 0:
            if writing:
                writing.join()
            writing = trainer.save(args.out, args.resumable)
        saved = time.time() if store else saved
    if ranks.rank == 0:
        if writing:
            writing.join()
        trainer.save(args.out, args.resumable).join()
        log.close()
        print(f"saved {args.out} after {trainer.step} steps, {time.time() - STARTED:.0f} s", flush=True)
        curve(args.out)
    feed.close()
    if ranks.world > 1:
        dist.barrier()
        dist.destroy_process_group()


def arguments(given=None):
    cores = len(os.sched_getaffinity(0))
    cuda = torch.cuda.device_count() > 0  # does not start CUDA in this process, so workers can still be forked
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--base", type=Path, required=True, help="folder of the base model (config, tokenizer, weights)")
    p.add_argument("--init", type=Path, help="start from the weights of this folder, a trained reader")
    p.add_argument("--freeze", help="parameters whose names match this pattern stay as they are")
    p.add_argument("--resume", type=Path, help="a resume.safetensors: weights, optimizer and step")
    p.add_argument("--data", type=Path, default=Path(__file__).parent / "data")
    p.add_argument("--stream", choices=["full", "simple"], default="full", help="documents: of everything, or the small language (simple.py)")
    p.add_argument("--longest", type=int, default=2200, help="of --stream simple: most tokens of a text; a short first run learns to copy sooner")
    p.add_argument("--readings", type=Path, nargs="+", default=[], help="whole readings as JSON lines (READINGS.md), a fifth of the documents then")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--minutes", type=float, help="end after so much time, the start included")
    p.add_argument("--steps", type=int)
    p.add_argument("--spare", type=float, default=4, help="seconds of --minutes kept for the last checkpoint")
    p.add_argument("--every", type=float, default=4, help="minutes between checkpoints, 0: only the last")
    p.add_argument("--resumable", action="store_true", help="also write resume.safetensors")
    p.add_argument("--window", type=int, default=reader.WINDOW)
    p.add_argument("--length", type=int, default=16384, help="tokens of a packed sequence")
    p.add_argument("--rows", type=int, default=2, help="sequences of one forward pass")
    p.add_argument("--accumulate", type=int, default=4, help="forward passes of a step, per GPU")
    p.add_argument("--lr", type=float, default=4e-4)
    p.add_argument("--warm-up", type=int, default=40)
    p.add_argument("--decay", type=float, default=0.01)
    p.add_argument("--clip", type=float, default=1.0)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--workers", type=int, default=max(1, min(16, cores - 2)), help="data processes, over all ranks")
    p.add_argument("--log-every", type=int, default=10)
    p.add_argument("--slice", type=int, default=loss.SLICE, help="labelled positions per slice of logits")
    p.add_argument("--device", default="cuda" if cuda else "cpu")
    p.add_argument("--no-recompute", action="store_true", help="RWKV-7: faster, with ten times the memory")
    p.add_argument("--attention", choices=["masked", "flex", "flash"], default="flex" if cuda else "masked")
    p.add_argument("--no-compile", action="store_true", default=not cuda)
    args = p.parse_args(given)
    if not args.steps and not args.minutes:
        p.error("say when to end: --minutes or --steps")
    return args


def stream(options):
    """Makes the documents of one data process."""
    tokenizer = options.out / "tokenizer.json"
    if options.stream == "simple":
        from simple import SimpleDocuments
        return lambda worker, workers, seed: SimpleDocuments(tokenizer, seed, worker, workers, longest=options.longest)
    from data import Documents
    return lambda worker, workers, seed: Documents(options.data, tokenizer, seed, worker, workers, options.readings)


if __name__ == "__main__":
    options = arguments()
    run(options, stream(options))
