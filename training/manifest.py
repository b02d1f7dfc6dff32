"""Writes manifest.json, the list by which the Java reader finds and checks a model's files on the class path.

    python manifest.py ../smoothreading-model-smollm2/src/main/resources/io/github/smoothreading/model/smollm2

    {"files": [{"name": "config.json", "size": 512, "sha256": "<64 hexadecimal digits>"}, ...]}

A folder without it offers no model, so it is written last, when all files are in place.
"""

import hashlib
import json
import sys
from pathlib import Path

NAME = "manifest.json"
REQUIRED = ("config.json", "tokenizer.json", "reader.json")


def write(folder: Path) -> None:
    folder = Path(folder)
    files = sorted(p for p in folder.iterdir() if p.is_file() and p.name != NAME)
    missing = set(REQUIRED) - {p.name for p in files}
    if missing or not any(p.suffix == ".safetensors" for p in files):
        raise FileNotFoundError(f"{folder} is no whole model: {', '.join(sorted(missing)) or 'safetensors files'} missing")
    listed = [{"name": p.name, "size": p.stat().st_size, "sha256": digest(p)} for p in files]
    (folder / NAME).write_text(json.dumps({"files": listed}, indent=1) + "\n")


def digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
