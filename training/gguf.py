"""Reads GGUF files with numpy alone: metadata, and tensors as float32 arrays."""

import struct
from pathlib import Path

import numpy as np

_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_STRING, _ARRAY = 8, 9
_F32, _F16, _Q4_1, _Q8_0 = 0, 1, 3, 8
_BLOCK = 32  # values that share one scale in the quantized types


class Gguf:
    """One GGUF file: `metadata` is a dict, `tensor(name)` dequantizes on demand."""

    def __init__(self, path: Path):
        self._path = Path(path)
        self._bytes = np.memmap(self._path, dtype=np.uint8, mode="r")
        self._at = 0
        if bytes(self._bytes[:4]) != b"GGUF":
            raise ValueError(f"{path} is not a GGUF file: it starts with {bytes(self._bytes[:4])!r}")
        self._at = 4
        version = self._scalar("<I")
        if version not in (2, 3):
            raise ValueError(f"{path} is GGUF version {version}; only versions 2 and 3 are read")
        tensors, pairs = self._scalar("<Q"), self._scalar("<Q")
        self.metadata = {}
        for _ in range(pairs):
            key = self._string()
            self.metadata[key] = self._value(self._scalar("<I"))
        self._infos = {}
        for _ in range(tensors):
            name = self._string()
            shape = [self._scalar("<Q") for _ in range(self._scalar("<I"))]
            # GGUF lists the fastest dimension first, numpy the slowest.
            self._infos[name] = (tuple(reversed(shape)), self._scalar("<I"), self._scalar("<Q"))
        alignment = self.metadata.get("general.alignment", 32)
        self._data = -(-self._at // alignment) * alignment

    def names(self) -> list[str]:
        return list(self._infos)

    def tensor(self, name: str) -> np.ndarray:
        shape, kind, offset = self._infos[name]
        count = int(np.prod(shape))
        start = self._data + offset
        if kind == _F32:
            return self._slice(start, count * 4).view("<f4").reshape(shape).copy()
        if kind == _F16:
            return self._slice(start, count * 2).view("<f2").astype(np.float32).reshape(shape)
        blocks = count // _BLOCK
        if kind == _Q8_0:  # fp16 scale, 32 signed bytes
            raw = self._slice(start, blocks * 34).reshape(blocks, 34)
            scale = raw[:, :2].copy().view("<f2").astype(np.float32)
            return (raw[:, 2:].copy().view(np.int8) * scale).astype(np.float32).reshape(shape)
        if kind == _Q4_1:  # fp16 scale, fp16 minimum, 16 bytes: low nibbles are values 0-15, high ones 16-31
            raw = self._slice(start, blocks * 20).reshape(blocks, 20)
            head = raw[:, :4].copy().view("<f2").astype(np.float32)
            nibbles = np.concatenate([raw[:, 4:] & 15, raw[:, 4:] >> 4], axis=1)
            return (nibbles * head[:, :1] + head[:, 1:]).astype(np.float32).reshape(shape)
        raise ValueError(f"{self._path}: tensor {name} has type {kind}; only F32, F16, Q4_1 and Q8_0 are read")

    def _slice(self, start: int, count: int) -> np.ndarray:
        if start + count > len(self._bytes):
            raise ValueError(f"{self._path} ends at byte {len(self._bytes)}, a tensor ends at {start + count}: "
                             "the file is cut short")
        return np.asarray(self._bytes[start:start + count])

    def _scalar(self, form: str):
        value, = struct.unpack_from(form, self._bytes, self._at)
        self._at += struct.calcsize(form)
        return value

    def _string(self) -> str:
        length = self._scalar("<Q")
        raw = self._slice(self._at, length).tobytes()
        self._at += length
        return raw.decode("utf-8")

    def _value(self, kind: int):
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            kind, length = self._scalar("<I"), self._scalar("<Q")
            return [self._value(kind) for _ in range(length)]
        if kind not in _SCALARS:
            raise ValueError(f"{self._path}: metadata value of unknown type {kind}")
        return self._scalar(_SCALARS[kind])
