"""Writes what the default model must answer at W = 2,048 over 4,608 tokens, read in steps of 1 to 701 tokens.

Run: python make_reader_expected.py MODEL_FOLDER TEXT_FILE OUT.json     (some minutes)
The text (plain or .gz) is English; its ids are stored, so readers of the file need no tokenizer.

Expected values come from transformers in fp32, on the dequantised weights, with an explicit window mask. Stored, all at
the last token of each step: `best` (the next token), `margin` (of its logit to the second best) and `logProbabilities`
of the ids in `probes`. The bound is 3e-5 times the largest logit; a window of W - 1 or W + 1 must miss it a hundredfold,
or nothing is written.
"""

import gzip
import json
import random
import sys
from collections import Counter
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from reference import reference_model, window_logits

WINDOW, LENGTH, SEED = 2048, 4608, 7
SIZES = [1, 2, 3, 5, 7, 9, 17, 31, 33, 65, 101, 129, 255, 513, 701]
SCALE = "_scale"


def dequantised(folder: Path) -> tuple[dict, dict]:
    stored = {}
    for shard in sorted(folder.glob("model*.safetensors")):
        stored.update(load_file(shard))
    tensors = {name: tensor.float() for name, tensor in stored.items() if not name.endswith(SCALE)}
    for name in tensors:
        if name + SCALE in stored:
            tensors[name] *= stored[name + SCALE][:, None]
    config = json.loads((folder / "config.json").read_text())
    for name in ("dtype", "torch_dtype"):  # transformers would round the weights to it
        config.pop(name, None)
    return config, tensors


def text_ids(folder: Path, text: Path) -> list[int]:
    data = text.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode()[300_000:]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return tokenizer.encode(text[: 8 * LENGTH], add_special_tokens=False).ids[:LENGTH]


def steps(seeded: random.Random) -> list[int]:
    """Small ones more often than large ones, all together LENGTH."""
    sizes = []
    while sum(sizes) < LENGTH:
        sizes.append(seeded.choices(SIZES, [1 / (20 + size) for size in SIZES])[0])
    sizes[-1] -= sum(sizes) - LENGTH
    return sizes


def main(folder: Path, text: Path, out: Path) -> None:
    seeded = random.Random(SEED)
    sizes, tokens = steps(seeded), text_ids(folder, text)
    assert len(tokens) == LENGTH
    positions = [sum(sizes[: i + 1]) - 1 for i in range(len(sizes))]
    config, tensors = dequantised(folder)
    model = reference_model(config, tensors)
    model.set_attn_implementation("sdpa")  # several times faster than eager over so many tokens, with the same mask
    logits = window_logits(model, tokens, WINDOW, positions).double()
    best = logits.topk(2)
    common = [token for token, _ in Counter(best.indices[:, 0].tolist()).most_common(16)]
    probes = common + seeded.sample(range(config["vocab_size"]), 32)
    bound = 3e-5 * logits.abs().max().item()

    def error(other: torch.Tensor) -> float:
        return (other.log_softmax(-1) - logits.log_softmax(-1))[:, probes].abs().max().item() / bound

    misses = {str(w): round(error(window_logits(model, tokens, w, positions).double()), 1) for w in (WINDOW - 1, WINDOW + 1)}
    print(f"{len(sizes)} steps, largest logit {logits.abs().max():.2f}, bound {bound:.2e}, other windows miss it by {misses}")
    assert min(misses.values()) >= 100
    rows = [[round(p, 6) for p in row] for row in logits.log_softmax(-1)[:, probes].tolist()]
    golden = {
        "window": WINDOW, "largestLogit": round(logits.abs().max().item(), 4), "otherWindowsMissBy": misses,
        "tokens": tokens, "steps": sizes, "probes": probes, "best": best.indices[:, 0].tolist(),
        "margin": [round(m, 6) for m in (best.values[:, 0] - best.values[:, 1]).tolist()], "logProbabilities": rows,
    }
    out.write_text("{\n" + ",\n".join(f' "{key}": {json.dumps(value)}' for key, value in golden.items()) + "\n}\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
