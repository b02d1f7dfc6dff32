"""RWKV-7 for training: blocks of tokens with autograd. Parameter names are those of flash-linear-attention.

The recurrence itself is `rwkv_wkv.py` of the decoder's source, so both compute the same thing. It runs in fp32,
whatever autocast does to the projections.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

sys.path.append(str(Path(__file__).resolve().parent.parent / "smoothreading-core" / "src" / "main" / "torchscript"))
from rwkv_wkv import block_maps  # noqa: E402

BLOCK = 32


@dataclass(frozen=True)
class RwkvConfig:
    vocab: int
    hidden: int
    inner: int
    layers: int
    head_dim: int
    eps: float
    tied: bool
    ranks: tuple[int, int, int, int]  # w, a, v, g

    @staticmethod
    def read(folder: Path) -> "RwkvConfig":
        raw = json.loads((Path(folder) / "config.json").read_text())
        if raw["model_type"] != "rwkv7" or raw.get("attn"):
            raise ValueError(f"{folder}: only plain rwkv7 is supported")
        hidden = raw["hidden_size"]
        return RwkvConfig(
            vocab=raw["vocab_size"], hidden=hidden,
            inner=raw.get("intermediate_size") or int(hidden * raw.get("hidden_ratio", 4)),
            layers=raw["num_hidden_layers"], head_dim=raw.get("head_dim", 64), eps=raw.get("norm_eps", 1e-5),
            tied=raw.get("tie_word_embeddings", False),
            ranks=tuple(raw[name + "_low_rank_dim"] for name in ("decay", "a", "v", "gate")))


def remember(parts: list[Tensor], length: int) -> Tensor:
    """y [rows, heads, T, N] of r, log decay, k, v, a, b of that shape, from an empty memory."""
    rows, heads, count, dim = parts[0].shape
    pad = -count % length
    # Padding changes nothing: no decay, no key.
    cut = [F.pad(p, (0, 0, 0, pad)).view(rows, heads, -1, length, dim) for p in parts]
    q, p, t, z = block_maps(*cut)
    state, starts = parts[0].new_zeros(rows, heads, dim, dim), []
    for step, rest in zip(t.unbind(2), z.unbind(2)):
        starts.append(state)
        state = torch.matmul(state, step) + rest
    y = torch.matmul(q, torch.stack(starts, 2).transpose(-1, -2)) + p
    return y.reshape(rows, heads, count + pad, dim)[:, :, :count]


def before(x: Tensor) -> Tensor:
    """The token before each one, nothing before the first."""
    return F.pad(x, (0, 0, 1, -1))


class Lora(nn.Module):
    def __init__(self, size: int, rank: int, bias: bool, between=None):
        super().__init__()
        self.lora = nn.Sequential(nn.Linear(size, rank, bias=False), between or nn.Identity(),
                                  nn.Linear(rank, size, bias=bias))

    def forward(self, x: Tensor) -> Tensor:
        return self.lora(x)


class TimeMix(nn.Module):
    def __init__(self, c: RwkvConfig, layer: int):
        super().__init__()
        self.heads, self.dim, self.layer, self.block = c.hidden // c.head_dim, c.head_dim, layer, BLOCK
        for kind in "rwkvag":
            setattr(self, "x_" + kind, nn.Parameter(torch.zeros(1, 1, c.hidden)))
        for kind in "rkvo":
            setattr(self, kind + "_proj", nn.Linear(c.hidden, c.hidden, bias=False))
        self.w_lora = Lora(c.hidden, c.ranks[0], True, nn.Tanh())
        self.a_lora = Lora(c.hidden, c.ranks[1], True)
        if layer:
            self.v_lora = Lora(c.hidden, c.ranks[2], True)
        self.g_lora = Lora(c.hidden, c.ranks[3], False, nn.Sigmoid())
        self.k_k, self.k_a = nn.Parameter(torch.ones(c.hidden)), nn.Parameter(torch.ones(c.hidden))
        self.r_k = nn.Parameter(torch.zeros(self.heads, self.dim))
        self.g_norm = nn.GroupNorm(self.heads, c.hidden, eps=c.eps * c.head_dim)

    def forward(self, x: Tensor, first: Tensor | None) -> tuple[Tensor, Tensor]:
        rows, count, width = x.shape
        change = before(x) - x
        r, k = self.r_proj(x + change * self.x_r).float(), self.k_proj(x + change * self.x_k).float()
        v = self.v_proj(x + change * self.x_v).float()
        decay = -0.6065306597126334 * torch.sigmoid(self.w_lora(x + change * self.x_w).float())
        rate = torch.sigmoid(self.a_lora(x + change * self.x_a).float())
        gate = self.g_lora(x + change * self.x_g)
        if self.layer:
            v = v + (first - v) * torch.sigmoid(self.v_lora(x + change * self.x_v).float())
        else:
            first = v
        with torch.autocast(x.device.type, enabled=False):
            heads = lambda part: part.view(rows, count, self.heads, self.dim).transpose(1, 2)
            erase = F.normalize(heads(k * self.k_k), dim=-1, eps=1e-12)
            k = k + k * (rate - 1) * self.k_a
            parts = [heads(r), heads(decay), heads(k), heads(v), -erase, erase * heads(rate)]
            y = remember(parts, self.block).transpose(1, 2).reshape(rows * count, width)
            y = self.g_norm(y).view(rows, count, self.heads, self.dim)
            own = (parts[0] * parts[2] * self.r_k[:, None]).sum(-1, keepdim=True) * parts[3]
            y = (y + own.transpose(1, 2)).reshape(rows, count, width)
        return self.o_proj(y.to(gate.dtype) * gate), first


class ChannelMix(nn.Module):
    def __init__(self, c: RwkvConfig):
        super().__init__()
        self.x_k = nn.Parameter(torch.zeros(c.hidden))
        self.key = nn.Linear(c.hidden, c.inner, bias=False)
        self.value = nn.Linear(c.inner, c.hidden, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.value(torch.relu(self.key(x + (before(x) - x) * self.x_k)).square())


class Block(nn.Module):
    def __init__(self, c: RwkvConfig, layer: int):
        super().__init__()
        if layer == 0:
            self.pre_norm = nn.LayerNorm(c.hidden, eps=c.eps)
        self.attn_norm, self.attn = nn.LayerNorm(c.hidden, eps=c.eps), TimeMix(c, layer)
        self.ffn_norm, self.ffn = nn.LayerNorm(c.hidden, eps=c.eps), ChannelMix(c)

    def forward(self, x: Tensor, first: Tensor | None) -> tuple[Tensor, Tensor]:
        mixed, first = self.attn(self.attn_norm(x), first)
        x = x + mixed
        return x + self.ffn(self.ffn_norm(x)), first


class Rwkv(nn.Module):
    EMBEDDING = "model.embeddings.weight"
    COMPILES = False           # the loop over blocks would be unrolled
    MATMUL = "highest"         # TF32 in the recurrence costs three digits

    def __init__(self, config: RwkvConfig):
        super().__init__()
        self.config, self.recompute = config, True
        self.model = nn.Module()
        self.model.embeddings = nn.Embedding(config.vocab, config.hidden)
        self.model.layers = nn.ModuleList(Block(config, i) for i in range(config.layers))
        self.model.norm = nn.LayerNorm(config.hidden, eps=config.eps)
        if not config.tied:
            self.lm_head = nn.Linear(config.hidden, config.vocab, bias=False)

    @staticmethod
    def read(folder: Path) -> "Rwkv":
        return Rwkv(RwkvConfig.read(folder))

    def head(self) -> Tensor:
        return self.model.embeddings.weight if self.config.tied else self.lm_head.weight

    def context(self, args, device) -> tuple:
        self.recompute = not args.no_recompute
        return ()

    def forward(self, tokens: Tensor, dtype: torch.dtype) -> Tensor:
        """Hidden states [rows, T, hidden] behind the last norm; `head()` turns them into logits."""
        x, first = self.model.layers[0].pre_norm(self.model.embeddings(tokens).float()), None
        for block in self.model.layers:
            # A block's states are computed again on the way back: they would take ten times the memory of its input.
            again = self.training and self.recompute
            x, first = checkpoint(block, x, first, use_reentrant=False) if again else block(x, first)
        return self.model.norm(x)


def start(net: Rwkv, seed: int) -> None:
    """Start values: projections into the stream are zero, decays reach from slow to fast over a head's keys."""
    generator, c = torch.Generator().manual_seed(seed), net.config
    even = lambda p, reach: p.uniform_(-reach, reach, generator=generator)
    with torch.no_grad():
        at = torch.linspace(0, 1, c.hidden)
        for i, block in enumerate(net.model.layers):
            depth, rest, attn, ffn = i / max(1, c.layers - 1), 1 - i / c.layers, block.attn, block.ffn
            for kind, power in zip("rwkvag", (0.2, 0.9, 0.7, 0.7, 0.9, 0.2)):
                getattr(attn, "x_" + kind).copy_((1 - at ** (power * rest)).view(1, 1, -1))
            ffn.x_k.copy_(1 - at ** (rest ** 4))
            for lora in (attn.w_lora, attn.a_lora, attn.g_lora) + ((attn.v_lora,) if i else ()):
                nn.init.zeros_(lora.lora[0].weight)
                nn.init.orthogonal_(lora.lora[2].weight, gain=0.1)
            attn.w_lora.lora[2].bias.copy_(-6.5 + 5 * at ** (0.85 + depth ** 0.5))
            nn.init.zeros_(attn.a_lora.lora[2].bias)
            if i:
                nn.init.ones_(attn.v_lora.lora[2].bias)
            attn.k_k.fill_(0.85)
            for name, reach in (("r", 0.5), ("k", 0.05), ("v", 0.5)):
                even(getattr(attn, name + "_proj").weight, reach / c.hidden**0.5)
            nn.init.zeros_(attn.o_proj.weight)
            attn.g_norm.weight.fill_(((1 + i) / c.layers) ** 0.7)
            even(ffn.key.weight, 0.5 / c.hidden**0.5)
            nn.init.zeros_(ffn.value.weight)
        net.model.embeddings.weight.normal_(0, 0.02, generator=generator)
        if not c.tied:
            net.lm_head.weight.normal_(0, 0.5 / c.hidden**0.5, generator=generator)
