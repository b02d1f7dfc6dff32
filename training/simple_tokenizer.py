"""Makes the tokenizer of the small language: byte-level BPE with single digits, in which each of its words is one id.

    python simple_tokenizer.py --out simple-base        # tokenizer.json, and config.json with the size of the vocabulary

With the default reader's 49,152 ids a small model is mostly embedding rows that it never sees; here all are in use, and
any other text can still be read, byte by byte.
"""

import argparse
import json
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

import protocol
from simple_language import HEADS, TAILS, words

CONTROLS = [f"<|control{i}|>" for i in range(17)]  # ids 0 to 16; protocol.py names those in use


def make() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    level = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), level])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(special_tokens=CONTROLS, initial_alphabet=sorted(level.alphabet()), min_frequency=1,
                                  vocab_size=10_000, show_progress=False)
    fixed = [word for reason in (protocol.NOTHING_NEW, protocol.NEW_CLUE) for word in (reason, " " + reason.lower())]
    # Syllables count more, so that they are merged first and names fall into them.
    syllables = HEADS + [" " + head for head in HEADS] + TAILS
    tokenizer.train_from_iterator(words() + fixed + 50 * syllables, trainer)
    return tokenizer


def write(out: Path) -> int:
    """Writes the folder; returns the number of ids."""
    tokenizer = make()
    out.mkdir(parents=True, exist_ok=True)
    (out / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    size = -(-tokenizer.get_vocab_size() // 64) * 64  # a width that GPUs like
    (out / "config.json").write_text(json.dumps({"vocab_size": size}) + "\n")
    return size


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--out", type=Path, required=True)
    given = p.parse_args()
    print(f"{given.out}: {write(given.out):,} ids")
