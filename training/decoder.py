"""Drives the reader's TorchScript decoder over many readings side by side: the same file that the Java reader runs."""

from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

import folder
from model import ModelConfig

PORTABLE = (Path(__file__).resolve().parent.parent / "smoothreading-core" / "src" / "main" / "resources" / "io" / "github"
            / "smoothreading" / "backend" / "djl" / "window-decoder-portable.pt")
MARGIN = 512  # tokens that may be taken back across a slide
_STORED = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int8: "I8"}
_LAYER = (("input_layernorm", "norm"), ("self_attn.q_proj", "linear"), ("self_attn.k_proj", "linear"),
          ("self_attn.v_proj", "linear"), ("self_attn.o_proj", "linear"), ("post_attention_layernorm", "norm"),
          ("mlp.gate_proj", "linear"), ("mlp.up_proj", "linear"), ("mlp.down_proj", "linear"))


@dataclass
class Step:
    """Tokens to append to one reading, and how many of the last ones' outputs are wanted."""
    tokens: list[int]
    wanted: int = 0
    fresh: bool = False  # forget everything first
    back: int = 0        # tokens of the last step to take back first


@dataclass
class Outcome:
    ids: list[int] = field(default_factory=list)           # greedy next ids at the wanted positions
    probes: list[list[float]] = field(default_factory=list)  # log-probabilities of the probe ids


class Row:
    """The window of one reading: a buffer of slots, the write slot and the absolute position."""

    def __init__(self, keys: Tensor, values: Tensor):
        self.keys, self.values = keys, values  # [layers, KV heads, slots, head dim]
        self.slots, self.at, self.position = keys.shape[2], 0, 0

    def clear(self) -> None:
        self.at = self.position = 0

    def back(self, count: int) -> None:
        self.at -= count
        self.position -= count


class Decoder:
    def __init__(self, model_folder: Path, device: str = "cpu", compute: str = "fp32", module: Path = PORTABLE,
                 window: int = 2048, probes: tuple[int, ...] = (), attention: int = 0):
        self.config = ModelConfig.read(model_folder)
        self.device, self.window = torch.device(device), window
        self.dtype = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}[compute]
        self.module = torch.jit.load(str(module), map_location="cpu")
        self.probes = torch.tensor(probes, dtype=torch.int64)
        c = self.config
        if self.device.type == "cuda":
            torch.backends.cuda.enable_cudnn_sdp(False)  # it makes a plan for every new shape, and every pass has one
        self.hyper = torch.tensor([c.rope_theta, c.eps, c.head_dim, 0, 0, 0, 0, attention], dtype=torch.float64)
        self.weights, self._tensors = [], folder.stored(model_folder)
        self._prepare("model.embed_tokens.weight", "embedding" if c.tied else "lookup", compute)
        for i in range(c.layers):
            for name, role in _LAYER:
                self._prepare(f"model.layers.{i}.{name}.weight", role, compute)
            for name in ("q_proj", "k_proj", "v_proj"):
                self._prepare(f"model.layers.{i}.self_attn.{name}.bias", "bias", compute)
        self._prepare("model.norm.weight", "norm", compute)
        self._prepare("lm_head.weight", "head", compute)
        del self._tensors
        self.passes = self.fed = 0

    def _prepare(self, name: str, role: str, compute: str) -> None:
        values = self._tensors.get(name)
        if values is None or (name == "lm_head.weight" and self.config.tied):
            if role != "bias" and name != "lm_head.weight":
                raise ValueError(f"the model folder has no tensor {name}")
            self.weights += [torch.empty(0, dtype=self.dtype, device=self.device)] * 4
            return
        scale = self._tensors.get(name + folder.SCALE, torch.empty(0))
        raw = values.contiguous().view(-1).view(torch.uint8)
        self.weights += self.module.prepare(raw, scale, _STORED[values.dtype], list(values.shape), role, compute,
                                            str(self.device))

    def rows(self, count: int, slots: int) -> list[Row]:
        """Rows in one allocation: on CUDA one kernel then serves all of them."""
        c = self.config
        keys, values = (torch.zeros(count, c.layers, c.kv_heads, slots, c.head_dim, dtype=self.dtype, device=self.device)
                        for _ in range(2))
        return [Row(k, v) for k, v in zip(keys.unbind(0), values.unbind(0))]

    @torch.inference_mode()
    def advance(self, rows: list[Row], steps: list[Step]) -> list[Outcome]:
        """One forward pass for all rows; waits for the device once."""
        table, tokens, wanted, at = [], [], [], 0
        for row, step in zip(rows, steps):
            if step.fresh:
                row.clear()
            row.back(step.back)
            count = len(step.tokens)
            if row.at + count > row.slots:
                # More than the window is kept: a round may be taken back after the slide.
                keep = min(self.window + MARGIN, row.at)
                if keep + count > row.slots:
                    raise ValueError(f"{count} tokens do not fit a buffer of {row.slots} slots beside {keep} of the window")
                self.module.slide(row.keys, row.values, row.at - keep, keep)
                row.at = keep
            table.append([count, row.at, row.position, self.window])
            tokens += step.tokens
            wanted += range(at + count - step.wanted, at + count)
            at += count
            row.at += count
            row.position += count
        with torch.jit.optimized_execution(False):  # as in Java; shapes change at every step, specialising never ends
            ids, probes, _ = self.module.advance(
                self.weights, self.hyper, [row.keys for row in rows], [row.values for row in rows], torch.tensor(table),
                torch.tensor(tokens), torch.tensor(wanted, dtype=torch.int64), self.probes)
        ids, probes, at, outcomes = ids.tolist(), probes.tolist(), 0, []
        for step in steps:
            outcomes.append(Outcome(ids[at:at + step.wanted], probes[at:at + step.wanted]))
            at += step.wanted
        self.passes, self.fed = self.passes + 1, self.fed + len(tokens)
        return outcomes


def drive(model: Decoder, readings, rows: int, slots: int):
    """Runs generators of steps, at most `rows` at a time; yields (index, what the generator returned) as they end."""
    waiting = iter(enumerate(readings))
    free = model.rows(rows, slots)
    active = []  # (index, generator, row, step)

    def start():
        while free:
            index, reading = next(waiting, (None, None))
            if reading is None:
                return
            active.append((index, reading, free.pop(), next(reading)))

    start()
    while active:
        outcomes = model.advance([row for _, _, row, _ in active], [step for *_, step in active])
        going, ended = [], []
        for (index, reading, row, _), outcome in zip(active, outcomes):
            try:
                going.append((index, reading, row, reading.send(outcome)))
            except StopIteration as end:
                free.append(row)
                ended.append((index, end.value))
        active = going
        yield from ended
        start()
