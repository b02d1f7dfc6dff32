"""Model folders: Hugging Face layout, one or several safetensors files, plain or with int8 rows."""

import json
import os
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

SCALE = "_scale"  # X.weight (I8) stands beside X.weight_scale (F32, one per row)


def weight_files(folder: Path) -> list[Path]:
    folder = Path(folder)
    index = folder / "model.safetensors.index.json"
    if index.exists():
        return [folder / name for name in sorted(set(json.loads(index.read_text())["weight_map"].values()))]
    single = folder / "model.safetensors"
    if not single.exists():
        raise FileNotFoundError(f"{folder} holds neither model.safetensors nor model.safetensors.index.json")
    return [single]


def stored(folder: Path) -> dict[str, Tensor]:
    """All tensors as they are stored."""
    return {name: values for path in weight_files(folder) for name, values in stored_file(path).items()}


def stored_file(path: Path) -> dict[str, Tensor]:
    with safe_open(path, framework="pt") as file:
        return {name: file.get_tensor(name) for name in file.keys()}


def metadata(path: Path) -> dict[str, str]:
    with safe_open(path, framework="pt") as file:
        return file.metadata()


def load(folder: Path, dtype: torch.dtype = torch.float32) -> dict[str, Tensor]:
    """All weights in `dtype`; int8 rows are multiplied by their scales."""
    tensors = stored(folder)
    scales = {name: tensors.pop(name) for name in list(tensors) if name.endswith(SCALE)}
    for name, values in tensors.items():
        if values.dtype == torch.int8:
            if name + SCALE not in scales:
                raise ValueError(f"{folder}: {name} is int8 but {name + SCALE} is missing")
            values = values.float() * scales[name + SCALE][:, None]
        tensors[name] = values.to(dtype)
    return tensors


def save(tensors: dict[str, Tensor], path: Path, metadata: dict[str, str] | None = None) -> None:
    """Atomic: the file is either the old one or the whole new one."""
    part = Path(f"{path}.part")
    save_file({name: values.contiguous() for name, values in tensors.items()}, part,
              metadata={"format": "pt", **(metadata or {})})
    os.chmod(part, 0o644)
    with open(part, "rb") as file:
        os.fsync(file.fileno())
    os.replace(part, path)
