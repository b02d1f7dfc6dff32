"""Drives the RWKV-7 decoder file over many readings side by side; what decoder.Decoder does for windows."""

from pathlib import Path

import torch

import folder
from decoder import PORTABLE, Outcome, Step
from rwkv import RwkvConfig

RWKV_PORTABLE = PORTABLE.with_name("rwkv-decoder-portable.pt")
_STORED = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int8: "I8"}
_PAIR = (("0.weight", "plain"), ("2.weight", "plain"), ("2.bias", "norm"))
_LAYER = (
    [("attn_norm.weight", "norm"), ("attn_norm.bias", "norm")] + [("attn.x_" + kind, "bias") for kind in "rwkvag"]
    + [(f"attn.{kind}_proj.weight", "linear") for kind in "rkvo"]
    + [(f"attn.{kind}_lora.lora.{part}", role) for kind in "wav" for part, role in _PAIR]
    + [(f"attn.g_lora.lora.{part}", role) for part, role in _PAIR[:2]]
    + [("attn.k_k", "norm"), ("attn.k_a", "norm"), ("attn.r_k", "norm"), ("attn.g_norm.weight", "norm"),
       ("attn.g_norm.bias", "norm"), ("ffn_norm.weight", "norm"), ("ffn_norm.bias", "norm"), ("ffn.x_k", "bias"),
       ("ffn.key.weight", "linear"), ("ffn.value.weight", "linear")])
_HEAD, _DRAFT, _ROUND = 0, 1, 2  # slots: the newest memory, the one before the last draft, the one before this round


class Row:
    """The memory of one reading, and the tokens since the round's memory: what is taken back is read again."""

    def __init__(self, matrices, shifts):
        self.matrices, self.shifts = matrices, shifts
        self.clear()

    def clear(self) -> None:
        self.tokens, self.start, self.made = [], 0, {}

    @property
    def position(self) -> int:
        return self.start + len(self.tokens)

    def back(self, count: int) -> None:
        if count > len(self.tokens):
            raise ValueError(f"{count} tokens cannot be taken back: only {len(self.tokens)} are kept")
        del self.tokens[len(self.tokens) - count:]
        self.made = {slot: at for slot, at in self.made.items() if at <= self.position}

    def source(self) -> int:
        return max(self.made, key=self.made.get, default=-1)


class RwkvDecoder:
    def __init__(self, model_folder: Path, device: str = "cpu", compute: str = "fp32", module: Path = RWKV_PORTABLE,
                 window: int = 0, probes: tuple[int, ...] = (), attention: int = 0):
        self.config, self.device, self.window = RwkvConfig.read(model_folder), torch.device(device), window
        c = self.config
        self.module = torch.jit.load(str(module), map_location="cpu")
        self.probes = torch.tensor(probes, dtype=torch.int64)
        self.hyper = torch.tensor([c.eps, c.head_dim, 0], dtype=torch.float64)
        tensors = folder.stored(model_folder)
        names = [("model.embeddings.weight", "embedding" if c.tied else "lookup"),
                 ("model.layers.0.pre_norm.weight", "norm"), ("model.layers.0.pre_norm.bias", "norm")]
        names += [(f"model.layers.{i}.{name}", role) for i in range(c.layers) for name, role in _LAYER]
        names += [("model.norm.weight", "norm"), ("model.norm.bias", "norm"), ("lm_head.weight", "head")]
        self.weights = []
        for name, role in names:
            values = tensors.get(name)
            if values is None or (role == "head" and c.tied):
                if role != "head" and ".0.attn.v_lora" not in name:
                    raise ValueError(f"the model folder has no tensor {name}")
                self.weights += [torch.empty(0, device=self.device)] * 4
                continue
            shape = [c.hidden] if values.numel() == c.hidden and "lora.0" not in name else list(values.shape)
            raw = values.contiguous().view(-1).view(torch.uint8)
            scale = tensors.get(name + folder.SCALE, torch.empty(0))
            self.weights += self.module.prepare(raw, scale, _STORED[values.dtype], shape, role, compute, device)
        self.passes = self.fed = 0

    def rows(self, count: int, slots: int) -> list[Row]:
        c = self.config
        make = lambda *shape: torch.zeros(*shape, device=self.device)
        return [Row(make(c.layers, c.hidden // c.head_dim, 3, c.head_dim**2), make(c.layers, 2, 3, c.hidden))
                for _ in range(count)]

    @torch.inference_mode()
    def advance(self, rows: list[Row], steps: list[Step]) -> list[Outcome]:
        """One forward pass for all rows; waits for the device once."""
        table, tokens, wanted, at = [], [], [], 0
        for row, step in zip(rows, steps):
            if step.fresh:
                row.clear()
            row.back(step.back)
            source = row.source()
            again = row.tokens[row.made.get(source, row.start) - row.start:]
            decided = len(step.tokens) - max(0, step.wanted - 1)
            slot = _ROUND if decided > 1 else _DRAFT
            fed = again + step.tokens
            table.append([len(fed), source, len(again) + decided, slot])
            mark = row.position + decided
            if slot == _ROUND:  # nothing before it is ever taken back
                row.tokens, row.start = step.tokens[decided:], mark
                row.made = {}
            else:
                row.tokens = row.tokens + step.tokens
            row.made[slot] = mark
            row.made[_HEAD] = row.position
            tokens += fed
            at += len(fed)
            wanted += range(at - step.wanted, at)
        with torch.jit.optimized_execution(False):
            ids, probes, _ = self.module.advance(
                self.weights, self.hyper, [row.matrices for row in rows], [row.shifts for row in rows],
                torch.tensor(table), torch.tensor(tokens), torch.tensor(wanted, dtype=torch.int64), self.probes)
        ids, probes, at, outcomes = ids.tolist(), probes.tolist(), 0, []
        for step in steps:
            outcomes.append(Outcome(ids[at:at + step.wanted], probes[at:at + step.wanted]))
            at += step.wanted
        self.passes, self.fed = self.passes + 1, self.fed + len(tokens)
        return outcomes
