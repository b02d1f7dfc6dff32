"""Writes the golden RWKV-7 model: random weights with several heads, and the logits that the PyPI package rwkv gives.

The folder src/test/resources/goldens/rwkv7 is a model folder in the layout of flash-linear-attention (config.json,
tokenizer.json, model.safetensors in bfloat16) with expected.safetensors: tokens int64 [n] and logits float32 [n, V], computed in
float32 by the package, one token after the other.
Run: pip install rwkv==0.8.32, then python make_rwkv_goldens.py
"""

import json
import os
import tempfile
from pathlib import Path

os.environ.update(RWKV_V7_ON="1", RWKV_JIT_ON="0", RWKV_CUDA_ON="0")

import torch
from rwkv.model import RWKV
from safetensors.torch import save_file

GOLDEN = Path(__file__).resolve().parents[1] / "resources/goldens/rwkv7"
WIDTH, DIM, LAYERS, INNER, VOCABULARY, LENGTH = 192, 64, 2, 96, 160, 200
RANKS = {"w": 16, "a": 12, "v": 8, "g": 24}


def native(seed: int) -> dict[str, torch.Tensor]:
    """Weights under their first names (BlinkDL's), of numbers that bfloat16 holds. Keys are alike (so erasing matters),
    decays reach from the slowest to the fastest, so old tokens matter and are forgotten."""
    generator = torch.Generator().manual_seed(seed)

    def normal(*shape: int, scale: float = 1.0, shift: float = 0.0) -> torch.Tensor:
        values = torch.randn(*shape, generator=generator)
        fan = shape[-1] ** 0.5 if len(shape) == 2 else 1.0
        return values * scale / fan + shift

    def even(*shape: int) -> torch.Tensor:
        return torch.rand(*shape, generator=generator)

    heads = WIDTH // DIM
    tensors = {"emb.weight": normal(VOCABULARY, WIDTH, scale=WIDTH**0.5),
               "head.weight": normal(VOCABULARY, WIDTH, scale=5.0)}

    def norm(name: str) -> None:
        tensors[name + ".weight"], tensors[name + ".bias"] = normal(WIDTH, scale=0.2, shift=1.0), normal(WIDTH, scale=0.1)

    for name in ("ln_out", "blocks.0.ln0"):
        norm(name)
    for i in range(LAYERS):
        block, att, ffn = f"blocks.{i}.", f"blocks.{i}.att.", f"blocks.{i}.ffn."
        for name in (block + "ln1", block + "ln2", att + "ln_x"):
            norm(name)
        for kind in "rwkvag":
            tensors[att + "x_" + kind] = even(1, 1, WIDTH)
        for kind, rank in RANKS.items():
            # Stored as x @ w1 @ w2: inputs lie along the rows.
            tensors[att + kind + "1"] = normal(rank, WIDTH, scale=1.5).T.contiguous()
            tensors[att + kind + "2"] = normal(WIDTH, rank, scale=1.5).T.contiguous()
        tensors[att + "w0"] = even(1, 1, WIDTH) * 12 - 8
        tensors[att + "a0"] = normal(1, 1, WIDTH, shift=1.0)
        tensors[att + "v0"] = normal(1, 1, WIDTH)
        tensors[att + "k_k"] = normal(1, 1, WIDTH, scale=0.3, shift=0.9)
        tensors[att + "k_a"] = normal(1, 1, WIDTH, scale=0.3, shift=1.0)
        tensors[att + "r_k"] = normal(heads, DIM, scale=1.0)
        common = normal(1, WIDTH, scale=3.0)
        for name in ("receptance", "key", "value", "output"):
            tensors[att + name + ".weight"] = normal(WIDTH, WIDTH, scale=1.5)
        tensors[att + "key.weight"] += normal(WIDTH, 1) @ common / WIDTH**0.5
        tensors[ffn + "x_k"] = even(1, 1, WIDTH)
        tensors[ffn + "key.weight"] = normal(INNER, WIDTH, scale=1.0)
        tensors[ffn + "value.weight"] = normal(WIDTH, INNER, scale=1.0)
    return {name: values.to(torch.bfloat16) for name, values in tensors.items()}


def fla(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The same under the names and in the shapes of flash-linear-attention."""
    plain = {"receptance": "r_proj", "key": "k_proj", "value": "v_proj", "output": "o_proj", "ln_x": "g_norm"}
    result = {}
    for name, values in tensors.items():
        parts = name.split(".")
        if parts[0] == "blocks":
            layer, part = f"model.layers.{parts[1]}.", parts[2]
            if part == "att":
                kind = parts[3]
                if parts[1] == "0" and kind in ("v0", "v1", "v2"):
                    continue  # unused in the first layer
                if kind[0] in RANKS and kind[1:] in ("0", "1", "2"):
                    key = f"attn.{kind[0]}_lora.lora." + {"0": "2.bias", "1": "0.weight", "2": "2.weight"}[kind[1]]
                    values = values.view(-1) if kind[1] == "0" else values.T
                elif kind in ("k_k", "k_a"):
                    key, values = "attn." + kind, values.view(-1)
                else:
                    key = ".".join(["attn", plain.get(kind, kind)] + parts[4:])
            elif part == "ffn":
                key = ".".join(parts[2:])
                values = values.view(-1) if parts[3] == "x_k" else values
            else:
                key = {"ln0": "pre_norm", "ln1": "attn_norm", "ln2": "ffn_norm"}[part] + "." + parts[3]
            result[layer + key] = values.contiguous()
        else:
            first = {"emb": "model.embeddings", "head": "lm_head", "ln_out": "model.norm"}[parts[0]]
            result[first + "." + parts[1]] = values
    return result


CONFIG = {
    "architectures": ["RWKV7ForCausalLM"], "model_type": "rwkv7", "hidden_size": WIDTH, "num_hidden_layers": LAYERS,
    "head_dim": DIM, "num_heads": WIDTH // DIM, "intermediate_size": INNER, "hidden_ratio": 4.0, "hidden_act": "sqrelu",
    "decay_low_rank_dim": RANKS["w"], "a_low_rank_dim": RANKS["a"], "v_low_rank_dim": RANKS["v"],
    "gate_low_rank_dim": RANKS["g"], "norm_eps": 1e-5, "norm_first": True, "norm_bias": True, "attn": None,
    "value_dim": [WIDTH] * LAYERS, "vocab_size": VOCABULARY, "tie_word_embeddings": False,
}


def tokenizer() -> dict:
    """Eleven control tokens and the printable characters of ASCII: enough to open the folder."""
    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": True}
    control = [f"<{i}>" for i in range(11)]
    letters = [chr(c) for c in range(ord("!"), ord("~") + 1)] + ["\u0120"]
    return {"added_tokens": [{"id": i, "content": c, "special": True} for i, c in enumerate(control)],
            "pre_tokenizer": level, "decoder": level,
            "model": {"type": "BPE", "vocab": {t: i for i, t in enumerate(control + letters)}, "merges": []}}


def main() -> None:
    weights = native(7000)
    tokens = torch.randint(0, VOCABULARY, [LENGTH], generator=torch.Generator().manual_seed(8000))
    with tempfile.TemporaryDirectory() as folder:
        # The package takes only this form; it reads the file written here and nothing else.
        torch.save({name: values.float() for name, values in weights.items()}, folder + "/model.pth")
        model = RWKV(model=folder + "/model", strategy="cpu fp32")
        rows, state = [], None
        for token in tokens.tolist():
            row, state = model.forward([token], state)
            rows.append(row.float())
    logits = torch.stack(rows)
    GOLDEN.mkdir(parents=True, exist_ok=True)
    (GOLDEN / "config.json").write_text(json.dumps(CONFIG, indent=2) + "\n")
    (GOLDEN / "tokenizer.json").write_text(json.dumps(tokenizer()) + "\n")
    save_file(fla(weights), GOLDEN / "model.safetensors", metadata={"format": "pt"})
    save_file({"tokens": tokens, "logits": logits}, GOLDEN / "expected.safetensors")
    size = sum(path.stat().st_size for path in GOLDEN.iterdir())
    print(f"largest logit {logits.abs().max():.1f}, {size} bytes")


if __name__ == "__main__":
    main()
