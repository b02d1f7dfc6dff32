"""Drives the TorchScript window decoder from Python: canonical weight order, buffers, sliding."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file

RESOURCES = Path(__file__).resolve().parents[2] / "main/resources/io/github/smoothreading/backend/djl"
STORED = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int8: "I8"}
LAYER = [
    ("input_layernorm.weight", "norm"),
    ("self_attn.q_proj.weight", "linear"),
    ("self_attn.k_proj.weight", "linear"),
    ("self_attn.v_proj.weight", "linear"),
    ("self_attn.o_proj.weight", "linear"),
    ("post_attention_layernorm.weight", "norm"),
    ("mlp.gate_proj.weight", "linear"),
    ("mlp.up_proj.weight", "linear"),
    ("mlp.down_proj.weight", "linear"),
    ("self_attn.q_proj.bias", "bias"),
    ("self_attn.k_proj.bias", "bias"),
    ("self_attn.v_proj.bias", "bias"),
]


def load_decoder(variant: str) -> torch.jit.ScriptModule:
    return torch.jit.load(str(RESOURCES / f"window-decoder-{variant}.pt"))


def canonical(layers: int) -> list[tuple[str, str]]:
    names = [("model.embed_tokens.weight", "embedding")]
    for layer in range(layers):
        names += [(f"model.layers.{layer}.{name}", role) for name, role in LAYER]
    return names + [("model.norm.weight", "norm"), ("lm_head.weight", "head")]


def load_folder(folder: Path) -> tuple[dict, dict]:
    return json.loads((folder / "config.json").read_text()), load_file(folder / "model.safetensors")


def rope_settings(config: dict) -> list[float]:
    """theta, then nothing, or the factor of linear scaling, or the four numbers of llama3 scaling."""
    parameters = config.get("rope_parameters") or config.get("rope_scaling") or {}
    theta = float(parameters.get("rope_theta", config.get("rope_theta", 10000.0)))
    kind = parameters.get("rope_type", parameters.get("type", "default"))
    if kind == "default":
        return [theta]
    if kind == "linear":
        return [theta, float(parameters["factor"])]
    if kind == "llama3":
        names = ["factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"]
        return [theta] + [float(parameters[name]) for name in names]
    raise ValueError(f"Rope type {kind} is not supported.")


class Row:
    """One reading: its buffers, the next slot, the next absolute position."""

    def __init__(self, keys: torch.Tensor, values: torch.Tensor, window: int):
        self.keys, self.values, self.window = keys, values, window
        self.slot, self.position = 0, 0

    def room(self, decoder, count: int) -> None:
        if self.slot + count > self.keys.size(2):
            keep = min(self.window, self.slot)
            decoder.slide(self.keys, self.values, self.slot - keep, keep)
            self.slot = keep

    def drop(self, count: int) -> None:
        self.slot, self.position = self.slot - count, self.position - count


class WindowModel:
    def __init__(self, config: dict, tensors: dict, compute: str, variant: str = "portable", device: str = "cpu",
                 attention: int = 0):
        self.decoder = load_decoder(variant)
        self.config, self.device = config, device
        self.layers = config["num_hidden_layers"]
        heads = config["num_attention_heads"]
        self.shared = config.get("num_key_value_heads") or heads
        self.dim = config.get("head_dim") or config["hidden_size"] // heads
        self.dtype = {"fp32": torch.float32, "fp16": torch.float16}.get(compute, torch.bfloat16)
        rope = rope_settings(config)
        numbers = [rope[0], config["rms_norm_eps"], float(self.dim)] + rope[1:]
        numbers += [0.0] * (7 - len(numbers)) + [float(attention)]
        self.hyper = torch.tensor(numbers, dtype=torch.float64)
        self.weights = []
        tied = "lm_head.weight" not in tensors
        for name, role in canonical(self.layers):
            tensor = tensors.get(name)
            if tensor is None:
                none = torch.empty([0], dtype=torch.float32 if role == "norm" else self.dtype, device=device)
                self.weights += [none] * 4
                continue
            scale = tensors.get(name + "_scale", torch.empty([0]))
            raw = tensor.contiguous().view(-1).view(torch.uint8)
            part = "lookup" if role == "embedding" and not tied else role
            self.weights += self.decoder.prepare(
                raw, scale, STORED[tensor.dtype], list(tensor.shape), part, compute, device
            )

    def rows(self, count: int, window: int, slots: int) -> list[Row]:
        """Buffers of one allocation: on CUDA that lets one kernel serve the whole batch."""
        shape = [count, self.layers, self.shared, slots, self.dim]
        keys = torch.zeros(shape, dtype=self.dtype, device=self.device)
        values = torch.zeros(shape, dtype=self.dtype, device=self.device)
        return [Row(k, v, window) for k, v in zip(keys.unbind(0), values.unbind(0))]

    def _call(self, method, rows, tokens, wanted, probes):
        for row, new in zip(rows, tokens):
            row.room(self.decoder, len(new))
        table = [[len(new), row.slot, row.position, row.window] for row, new in zip(rows, tokens)]
        packed = torch.tensor([t for new in tokens for t in new], dtype=torch.int64)
        with torch.inference_mode():
            result = method(
                self.weights, self.hyper, [r.keys for r in rows], [r.values for r in rows],
                torch.tensor(table, dtype=torch.int64), packed,
                torch.tensor(wanted, dtype=torch.int64), torch.tensor(probes, dtype=torch.int64),
            )
        for row, new in zip(rows, tokens):
            row.slot += len(new)
            row.position += len(new)
        return result

    def advance(self, rows, tokens, wanted, probes=()):
        return self._call(self.decoder.advance, rows, tokens, list(wanted), list(probes))

    def logits(self, rows, tokens, wanted):
        return self._call(self.decoder.logits, rows, tokens, list(wanted), [])
