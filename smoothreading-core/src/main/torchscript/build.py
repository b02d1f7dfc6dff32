"""Writes the decoder files into the core's resources."""

import hashlib
import sys
import zipfile
from pathlib import Path

import torch

SOURCE = Path(__file__).resolve().parent
RESOURCES = SOURCE.parent / "resources/io/github/smoothreading/backend/djl"


def source_digest() -> str:
    """SHA-256 over all *.py files here, in name order, carriage returns removed."""
    digest = hashlib.sha256()
    for path in sorted(SOURCE.glob("*.py"), key=lambda p: p.name):
        digest.update(path.read_bytes().replace(b"\r", b""))
    return digest.hexdigest()


def strip(path: Path) -> None:
    """Drop the debug records: they hold the paths of the machine that built the file, and most of its bytes."""
    with zipfile.ZipFile(path) as archive:
        records = [(i.filename, archive.read(i)) for i in archive.infolist() if not i.filename.endswith(".debug_pkl")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in records:
            archive.writestr(zipfile.ZipInfo(name), data)


def build(folder: Path = RESOURCES) -> None:
    sys.path.insert(0, str(SOURCE))
    from portable import PortableDecoder, PortableRwkv

    variants = [(PortableDecoder, "portable", "window-decoder"), (PortableRwkv, "portable", "rwkv-decoder")]
    try:
        from cpu_fast import CpuFastDecoder, CpuFastRwkv

        variants += [(CpuFastDecoder, "cpu", "window-decoder"), (CpuFastRwkv, "cpu", "rwkv-decoder")]
    except ImportError:
        pass
    folder.mkdir(parents=True, exist_ok=True)
    for kind, variant, decoder in variants:
        name = f"{decoder}-{variant}.pt"
        module = torch.jit.script(kind(source_digest(), variant).eval())
        torch.jit.save(module, str(folder / name))
        strip(folder / name)
        module = torch.jit.load(str(folder / name))
        print(name, (folder / name).stat().st_size, "bytes, digest", module.digest())


if __name__ == "__main__":
    build()
