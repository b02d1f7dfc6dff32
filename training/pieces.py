"""A folder as compressed pieces of bounded size, and back. The manifest holds SHA-256 of pieces and files."""

import hashlib
import json
import os
import zlib
from pathlib import Path

LIMIT = int(15.9 * 2 ** 20)
MANIFEST = "manifest.json"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def split(source: Path, out: Path, limit: int = LIMIT) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("piece-*"):
        old.unlink()
    files, buffer, written = [], bytearray(), []

    def write(data: bytes) -> None:
        name = f"piece-{len(written):02d}.bin"
        (out / name).write_bytes(data)
        written.append({"name": name, "size": len(data), "sha256": _digest(data)})

    # Weights have no repeats, only values of unequal frequency: Huffman coding alone is as small and much faster.
    packer = zlib.compressobj(6, zlib.DEFLATED, 15, 9, zlib.Z_HUFFMAN_ONLY)
    for path in sorted(source.iterdir()):
        data = path.read_bytes()
        files.append({"name": path.name, "size": len(data), "sha256": _digest(data)})
        buffer += packer.compress(data)
    buffer += packer.flush()
    # Equal pieces, so that as few as possible go a time.
    count = -(-len(buffer) // limit)
    size = -(-len(buffer) // count)
    for at in range(0, len(buffer), size):
        write(bytes(buffer[at:at + size]))
    (out / MANIFEST).write_text(json.dumps({"files": files, "pieces": written}, indent=1) + "\n")
    print(f"{out}: {len(written)} pieces, {len(buffer):,} bytes of {sum(f['size'] for f in files):,}")


def join(source: Path, out: Path) -> None:
    manifest = json.loads((source / MANIFEST).read_text())
    packed = bytearray()
    for piece in manifest["pieces"]:
        data = (source / piece["name"]).read_bytes()
        if _digest(data) != piece["sha256"]:
            raise ValueError(f"{source / piece['name']} is damaged: {len(data)} bytes, wanted {piece['size']}, or its "
                             "SHA-256 differs; carry it again")
        packed += data
    data, at = zlib.decompress(packed), 0
    out.mkdir(parents=True, exist_ok=True)
    for file in manifest["files"]:
        content = data[at:at + file["size"]]
        at += file["size"]
        if _digest(content) != file["sha256"]:
            raise ValueError(f"{file['name']} is damaged: its SHA-256 differs")
        part = out / f"{file['name']}.part"
        part.write_bytes(content)
        os.replace(part, out / file["name"])
    print(f"{out}: {len(manifest['files'])} files")


if __name__ == "__main__":
    import sys
    {"split": split, "join": join}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
