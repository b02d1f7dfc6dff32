"""What makes a language model a reader: the protocol's reserved ids, window, chunk, and fixed reasons (reader.json)."""

import json
from pathlib import Path

from tokenizers import Tokenizer

import protocol
from base import plain_tokenizer

# The field names of reader.json.
PROTOCOL = {"question": protocol.QUESTION, "text": protocol.TEXT, "notes": protocol.NOTES,
            "lastNotes": protocol.LAST_NOTES, "end": protocol.END, "clues": protocol.CLUES,
            "separator": protocol.SEPARATOR, "reason": protocol.REASON, "read": protocol.READ, "stop": protocol.STOP,
            "notFound": protocol.NOT_FOUND}
REASONS = {"nothingNew": protocol.NOTHING_NEW, "newClue": protocol.NEW_CLUE}
WINDOW, CHUNK, ROUND = 2048, 1024, protocol.ROUND_BUDGET
LONGEST_CHUNK = 1536  # of the training data

# The base model never trained these rows; the mean of a few words' rows is a better start than what is there.
MEANINGS = {"question": " question:", "text": " text passage:", "notes": " notes so far:", "lastNotes": " final notes:",
            "clues": " clues found:", "separator": "; and next", "reason": " reason because", "read": " continue reading",
            "stop": " stop: the answer is", "notFound": " not found, unknown, none"}


def settings(name: str, version: str, window: int = WINDOW, chunk: int = CHUNK, round_: int = ROUND) -> dict:
    """Training data have chunks half as long again as `chunk`."""
    return {"format": 1, "window": window, "chunk": chunk, "round": round_,
            "longestChunk": LONGEST_CHUNK * chunk // CHUNK, "language": "en", "protocol": PROTOCOL,
            "reasons": REASONS, "name": name, "version": version}


def sizes(folder: Path) -> tuple[int, int]:
    """Chunk and round of a reader folder; of a plain checkpoint, the default reader's."""
    file = Path(folder) / "reader.json"
    stored = json.loads(file.read_text()) if file.exists() else {}
    return stored.get("chunk", CHUNK), stored.get("round", ROUND)


def tokenizer_json(folder: Path) -> str:
    """The folder's tokenizer without added tokens, as the text of a tokenizer.json."""
    full = json.loads((Path(folder) / "tokenizer.json").read_text(encoding="utf-8"))
    return json.dumps(plain_tokenizer(full), ensure_ascii=False, separators=(",", ":"))


def tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer.from_str(tokenizer_json(folder))


def start_reserved(embedding, encode, noise: float = 0.02, seed: int = 1) -> None:
    """Sets the reserved rows of the embedding [V, H], in place."""
    import torch
    generator = torch.Generator().manual_seed(seed)
    for name, words in MEANINGS.items():
        mean = embedding[encode(words)].float().mean(0)
        spread = noise * mean.std() * torch.randn(mean.shape, generator=generator)
        embedding[PROTOCOL[name]] = (mean + spread).to(embedding.dtype)
