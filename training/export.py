"""Turns a checkpoint into a reader: int8 rows with float32 scales, shards, reader.json; and back.

    python export.py --checkpoint out --reader reader --name smollm2-135m-reader --version 0.1.0
    python export.py --reader reader --pieces pieces      # compressed pieces of at most 15.9 MiB, to carry
    python export.py --join pieces --reader reader        # and together again, checked by SHA-256
    python export.py --reader reader --unpack folder      # back to a bf16 checkpoint
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from torch import Tensor

import folder
import pieces
import reader

SHARD = 90_000_000  # bytes; hosting services warn from 100 MB


def quantize(weight: Tensor, steps: int = 24) -> tuple[Tensor, Tensor]:
    """int8 rows and their scales: of some scales from 0.7 to 1.0 times the largest value / 127, the one with the least
    squared error. A scale is a bf16 number: the decoder's kernel for few rows holds scales in bf16."""
    weight = weight.float()
    top = weight.abs().amax(1).clamp(min=1e-12) / 127
    best = torch.full_like(top, float("inf"))
    scale = top.clone()
    for i in range(steps + 1):
        trial = (top * (1 - 0.3 * i / steps)).to(torch.bfloat16).float()
        grid = (weight / trial[:, None]).round().clamp(-127, 127)
        error = (grid * trial[:, None] - weight).square().sum(1)
        better = error < best
        best, scale = torch.where(better, error, best), torch.where(better, trial, scale)
    return (weight / scale[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def export(checkpoint: Path, out: Path, name: str, version: str, shard: int = SHARD, window: int = reader.WINDOW,
           start: Path | None = None, chunk: int = reader.CHUNK, round_: int = reader.ROUND) -> None:
    """`start`: the reader that training began with. What training left as it was is stored as it was there, to the bit."""
    config = json.loads((checkpoint / "config.json").read_text())
    tensors, before = {}, folder.stored(start) if start else {}
    for key, values in folder.load(checkpoint).items():
        if key == "lm_head.weight" and config.get("tie_word_embeddings"):
            continue
        kept = _kept(key, values, before)
        if kept:
            tensors.update(kept)
        elif values.dim() == 2 and not key.endswith("r_k"):
            tensors[key], tensors[key + folder.SCALE] = quantize(values)
        else:
            tensors[key] = values.float()
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("model*.safetensors*"):
        old.unlink()
    shards, size = [{}], 0
    for key in sorted(tensors, key=_order):
        count = tensors[key].numel() * tensors[key].element_size()
        if size + count > shard and shards[-1]:
            shards.append({})
            size = 0
        shards[-1][key] = tensors[key]
        size += count
    names = ["model.safetensors"] if len(shards) == 1 else [
        f"model-{i + 1:05d}-of-{len(shards):05d}.safetensors" for i in range(len(shards))]
    for part, file in zip(shards, names):
        folder.save(part, out / file)
    if len(shards) > 1:
        total = sum(t.numel() * t.element_size() for t in tensors.values())
        index = {"metadata": {"total_size": total},
                 "weight_map": {key: file for part, file in zip(shards, names) for key in sorted(part)}}
        (out / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (out / "tokenizer.json").write_text(reader.tokenizer_json(checkpoint), encoding="utf-8")
    (out / "reader.json").write_text(json.dumps(reader.settings(name, version, window, chunk, round_), indent=2) + "\n")
    print(f"{out}: {len(tensors)} tensors in {len(names)} files")


def _kept(key: str, values: Tensor, before: dict[str, Tensor]) -> dict[str, Tensor]:
    """The stored tensors of a weight that equals the stored one in bf16, which is how a checkpoint holds it; else nothing."""
    if key not in before:
        return {}
    names = [name for name in (key, key + folder.SCALE) if name in before]
    old = before[key].float() * (before[key + folder.SCALE][:, None] if len(names) > 1 else 1)
    return {name: before[name] for name in names} if torch.equal(old.to(torch.bfloat16), values.to(torch.bfloat16)) else {}


def _order(key: str):
    """Layers by number, a scale behind its weight."""
    return [int(part) if part.isdigit() else -1 for part in key.split(".")], key


def unpack(source: Path, out: Path, dtype: torch.dtype) -> None:
    out.mkdir(parents=True, exist_ok=True)
    folder.save(folder.load(source, dtype), out / "model.safetensors")
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(source / name, out / name)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--checkpoint", type=Path)
    p.add_argument("--reader", type=Path, required=True)
    p.add_argument("--name", default="smollm2-135m-reader")
    p.add_argument("--version", default="0.1.0")
    p.add_argument("--start", type=Path, help="the reader that training began with; what is unchanged stays as it is there")
    p.add_argument("--window", type=int, default=reader.WINDOW,
                   help="for RWKV-7, which has none: the length of the sequences it was trained on")
    p.add_argument("--chunk", type=int, default=reader.CHUNK, help="tokens of a chunk; the longest is half as long again")
    p.add_argument("--round", type=int, default=reader.ROUND, help="most tokens of a round")
    p.add_argument("--pieces", type=Path)
    p.add_argument("--join", type=Path)
    p.add_argument("--unpack", type=Path)
    p.add_argument("--fp32", action="store_true", help="unpack to fp32 instead of bf16")
    args = p.parse_args()
    if args.join:
        pieces.join(args.join, args.reader)
    if args.checkpoint:
        export(args.checkpoint, args.reader, args.name, args.version, window=args.window, start=args.start,
               chunk=args.chunk, round_=args.round)
    if args.pieces:
        pieces.split(args.reader, args.pieces)
    if args.unpack:
        unpack(args.reader, args.unpack, torch.float32 if args.fp32 else torch.bfloat16)
