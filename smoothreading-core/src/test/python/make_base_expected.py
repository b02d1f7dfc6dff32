"""Writes what the base model must answer at W = 2,048 over 6,144 tokens, for a local (not CI) parity run.

Run: python make_base_expected.py MODEL_FOLDER TEXT_FILE OUT.safetensors
The text is repeated until it is long enough; its ids are stored, so readers of the file need no tokenizer.
Stored: tokens int32 [6144], window int32 [1], positions int32 [150], ids int32 [150] (best next token), logits float32
[150] (its logit), margin float32 [150] (to the second best), from transformers in fp32 with an explicit window mask.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from reference import reference_model, window_logits
from window_model import load_folder

WINDOW, LENGTH, COUNT = 2048, 6144, 150


def text_ids(folder: Path, text: Path) -> list[int]:
    ids = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(text.read_text(), add_special_tokens=False).ids
    return (ids * (LENGTH // len(ids) + 1))[:LENGTH]


def base_logits(folder: Path, tokens: list[int], positions: list[int]) -> torch.Tensor:
    config, tensors = load_folder(folder)
    return window_logits(reference_model(config, tensors), tokens, WINDOW, positions)


def main(folder: Path, text: Path, out: Path) -> torch.Tensor:
    tokens = text_ids(folder, text)
    positions = [(i + 1) * LENGTH // COUNT - 1 for i in range(COUNT)]
    logits = base_logits(folder, tokens, positions)
    best = logits.topk(2)
    save_file(
        {
            "tokens": torch.tensor(tokens, dtype=torch.int32), "window": torch.tensor([WINDOW], dtype=torch.int32),
            "positions": torch.tensor(positions, dtype=torch.int32), "ids": best.indices[:, 0].to(torch.int32),
            "logits": best.values[:, 0].clone(), "margin": (best.values[:, 0] - best.values[:, 1]).clone(),
        },
        out,
    )
    return logits


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
