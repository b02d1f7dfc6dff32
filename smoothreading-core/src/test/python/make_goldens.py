"""Writes the golden models: tiny random models in Hugging Face form and the logits a full forward pass gives.

Each folder under src/test/resources/goldens is a model folder (config.json, model.safetensors) with expected.safetensors:
tokens int64 [n], window int64 [1], logits float32 [n, V] computed in float64.
Run: python make_goldens.py
"""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from reference import reference_model, window_logits

GOLDENS = Path(__file__).resolve().parents[1] / "resources/goldens"
BASE = {"hidden_act": "silu", "max_position_embeddings": 4096, "bos_token_id": 1, "eos_token_id": 2}
MODELS = {
    # Three query heads share one key/value head, as in the default model; tied.
    "llama-tied": dict(
        BASE, architectures=["LlamaForCausalLM"], model_type="llama", hidden_size=48, intermediate_size=96,
        num_hidden_layers=3, num_attention_heads=6, num_key_value_heads=2, head_dim=8, vocab_size=160,
        rms_norm_eps=1e-5, rope_theta=100000.0, tie_word_embeddings=True, attention_bias=False, mlp_bias=False,
    ),
    # Head size other than hidden / heads; linear rope scaling; untied.
    "llama-untied": dict(
        BASE, architectures=["LlamaForCausalLM"], model_type="llama", hidden_size=32, intermediate_size=64,
        num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=1, head_dim=16, vocab_size=128,
        rms_norm_eps=1e-6, rope_parameters={"rope_type": "linear", "rope_theta": 10000.0, "factor": 2.0},
        tie_word_embeddings=False, attention_bias=False, mlp_bias=False,
    ),
    "qwen2-tied": dict(
        BASE, architectures=["Qwen2ForCausalLM"], model_type="qwen2", hidden_size=64, intermediate_size=64,
        num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2, vocab_size=160, rms_norm_eps=1e-6,
        rope_theta=1000000.0, tie_word_embeddings=True, use_sliding_window=False,
    ),
    "qwen2-untied": dict(
        BASE, architectures=["Qwen2ForCausalLM"], model_type="qwen2", hidden_size=32, intermediate_size=64,
        num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=4, vocab_size=128, rms_norm_eps=1e-6,
        rope_theta=10000.0, tie_word_embeddings=False, use_sliding_window=False,
    ),
}
WINDOWS = {"llama-tied": 32, "llama-untied": 24, "qwen2-tied": 48, "qwen2-untied": 40}
LENGTH = 200


def random_tensors(config: dict, seed: int) -> dict:
    """Weights in which attention matters: sharp enough that one key more or less in the window shows."""
    generator = torch.Generator().manual_seed(seed)

    def normal(rows: int, columns: int, scale: float) -> torch.Tensor:
        return (torch.randn(rows, columns, generator=generator) * scale / columns**0.5).float()

    hidden, wide = config["hidden_size"], config["intermediate_size"]
    heads, shared = config["num_attention_heads"], config["num_key_value_heads"]
    dim = config.get("head_dim") or hidden // heads
    tensors = {"model.embed_tokens.weight": normal(config["vocab_size"], hidden, hidden**0.5)}
    for layer in range(config["num_hidden_layers"]):
        at = f"model.layers.{layer}."
        for name, rows in (("q", heads), ("k", shared), ("v", shared)):
            tensors[at + f"self_attn.{name}_proj.weight"] = normal(rows * dim, hidden, 1.2)
            if config["model_type"] == "qwen2":
                tensors[at + f"self_attn.{name}_proj.bias"] = normal(1, rows * dim, dim**0.5).view(-1)
        tensors[at + "self_attn.o_proj.weight"] = normal(hidden, heads * dim, 2.0)
        tensors[at + "mlp.gate_proj.weight"] = normal(wide, hidden, 1.0)
        tensors[at + "mlp.up_proj.weight"] = normal(wide, hidden, 1.0)
        tensors[at + "mlp.down_proj.weight"] = normal(hidden, wide, 1.0)
        for norm in ("input_layernorm", "post_attention_layernorm"):
            tensors[at + norm + ".weight"] = 1.0 + 0.2 * torch.randn(hidden, generator=generator)
    tensors["model.norm.weight"] = 1.0 + 0.2 * torch.randn(hidden, generator=generator)
    if not config["tie_word_embeddings"]:
        tensors["lm_head.weight"] = normal(config["vocab_size"], hidden, 5.0)
    return tensors


def main() -> None:
    for seed, (name, config) in enumerate(MODELS.items()):
        folder = GOLDENS / name
        folder.mkdir(parents=True, exist_ok=True)
        tensors = random_tensors(config, 1000 + seed)
        generator = torch.Generator().manual_seed(2000 + seed)
        tokens = torch.randint(0, config["vocab_size"], [LENGTH], generator=generator)
        model = reference_model(config, tensors, torch.float64)
        logits = window_logits(model, tokens.tolist(), WINDOWS[name]).float()
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
        expected = {"tokens": tokens, "window": torch.tensor([WINDOWS[name]]), "logits": logits}
        save_file(expected, folder / "expected.safetensors")
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{name}: window {WINDOWS[name]}, largest logit {logits.abs().max():.1f}, {size} bytes")


if __name__ == "__main__":
    main()
