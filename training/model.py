"""A plain Llama / Qwen2 with an exact attention window, for training. Parameter names are Hugging Face's.

Query i sees itself and the window - 1 tokens before it, as in the decoder that reads.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import window


@dataclass(frozen=True)
class ModelConfig:
    vocab: int
    hidden: int
    inner: int
    layers: int
    heads: int
    kv_heads: int
    head_dim: int
    rope_theta: float
    eps: float
    tied: bool
    qkv_bias: bool

    @staticmethod
    def read(folder: Path) -> "ModelConfig":
        raw = json.loads((Path(folder) / "config.json").read_text())
        kind = raw["model_type"]
        if kind not in ("llama", "qwen2"):
            raise ValueError(f"{folder}: model_type {kind!r} is not supported: only llama and qwen2 are")
        rope = raw.get("rope_parameters") or raw.get("rope_scaling") or {}
        if rope.get("rope_type", rope.get("type", "default")) != "default":
            raise ValueError(f"{folder}: scaled rotary embedding {rope} is not supported")
        heads = raw["num_attention_heads"]
        return ModelConfig(
            vocab=raw["vocab_size"], hidden=raw["hidden_size"], inner=raw["intermediate_size"],
            layers=raw["num_hidden_layers"], heads=heads, kv_heads=raw.get("num_key_value_heads", heads),
            head_dim=raw.get("head_dim") or raw["hidden_size"] // heads,
            rope_theta=float(rope.get("rope_theta", raw.get("rope_theta", 10000.0))), eps=raw["rms_norm_eps"],
            tied=raw.get("tie_word_embeddings", False), qkv_bias=kind == "qwen2" or raw.get("attention_bias", False))


def rotary(positions: Tensor, head_dim: int, theta: float) -> tuple[Tensor, Tensor]:
    """cos and sin [T, head_dim], computed in fp64 (fp32 angles are off by 1e-2 at a million tokens)."""
    frequency = theta ** (-torch.arange(0, head_dim, 2, dtype=torch.float64, device=positions.device) / head_dim)
    angles = positions.double()[:, None] * frequency
    angles = torch.cat([angles, angles], dim=-1)
    return angles.cos().float(), angles.sin().float()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    low, high = x.float().chunk(2, dim=-1)
    return (torch.cat([low, high], -1) * cos + torch.cat([-high, low], -1) * sin).to(x.dtype)


class Norm(nn.Module):
    def __init__(self, size: int, eps: float):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(size)), eps

    def forward(self, x: Tensor) -> Tensor:
        y = x.float()
        return (y * torch.rsqrt(y.square().mean(-1, keepdim=True) + self.eps) * self.weight).to(x.dtype)


class Attention(nn.Module):
    def __init__(self, c: ModelConfig):
        super().__init__()
        self.shape = (c.heads, c.kv_heads, c.head_dim)
        self.q_proj = nn.Linear(c.hidden, c.heads * c.head_dim, bias=c.qkv_bias)
        self.k_proj = nn.Linear(c.hidden, c.kv_heads * c.head_dim, bias=c.qkv_bias)
        self.v_proj = nn.Linear(c.hidden, c.kv_heads * c.head_dim, bias=c.qkv_bias)
        self.o_proj = nn.Linear(c.heads * c.head_dim, c.hidden, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, attend, mask) -> Tensor:
        heads, kv_heads, dim = self.shape
        rows, length, _ = x.shape
        q = rotate(self.q_proj(x).view(rows, length, heads, dim).transpose(1, 2), cos, sin)
        k = rotate(self.k_proj(x).view(rows, length, kv_heads, dim).transpose(1, 2), cos, sin)
        v = self.v_proj(x).view(rows, length, kv_heads, dim).transpose(1, 2)
        return self.o_proj(attend(q, k, v, mask).transpose(1, 2).reshape(rows, length, heads * dim))


class Mlp(nn.Module):
    def __init__(self, c: ModelConfig):
        super().__init__()
        self.gate_proj = nn.Linear(c.hidden, c.inner, bias=False)
        self.up_proj = nn.Linear(c.hidden, c.inner, bias=False)
        self.down_proj = nn.Linear(c.inner, c.hidden, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Block(nn.Module):
    def __init__(self, c: ModelConfig):
        super().__init__()
        self.input_layernorm, self.self_attn = Norm(c.hidden, c.eps), Attention(c)
        self.post_attention_layernorm, self.mlp = Norm(c.hidden, c.eps), Mlp(c)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, attend, mask) -> Tensor:
        x = x + self.self_attn(self.input_layernorm(x), cos, sin, attend, mask)
        return x + self.mlp(self.post_attention_layernorm(x))


class Llama(nn.Module):
    EMBEDDING = "model.embed_tokens.weight"
    COMPILES = True
    MATMUL = "high"

    @staticmethod
    def read(folder: Path) -> "Llama":
        return Llama(ModelConfig.read(folder))

    def context(self, args, device) -> tuple:
        """What a forward pass over sequences of one length needs besides the tokens."""
        attend, mask = window.make(args.attention, args.length, args.window, device)
        cos, sin = rotary(torch.arange(args.length, device=device), self.config.head_dim, self.config.rope_theta)
        return cos, sin, attend, mask

    def __init__(self, config: ModelConfig):
        super().__init__()
        self.config = config
        self.model = nn.Module()
        self.model.embed_tokens = nn.Embedding(config.vocab, config.hidden)
        self.model.layers = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.model.norm = Norm(config.hidden, config.eps)
        if not config.tied:
            self.lm_head = nn.Linear(config.hidden, config.vocab, bias=False)

    def head(self) -> Tensor:
        return self.model.embed_tokens.weight if self.config.tied else self.lm_head.weight

    def forward(self, tokens: Tensor, cos: Tensor, sin: Tensor, attend, mask, dtype: torch.dtype) -> Tensor:
        """Hidden states [rows, T, hidden] behind the last norm; `head()` turns them into logits."""
        x = self.model.embed_tokens(tokens).to(dtype)
        for block in self.model.layers:
            x = block(x, cos, sin, attend, mask)
        return self.model.norm(x)
