"""Makes a Hugging Face checkpoint folder from a GGUF file of a Llama-type model.

    python base.py --gguf SmolLM2-135M-Instruct.Q4_1.gguf --out base

Writes config.json, tokenizer.json and model.safetensors (bf16). The tokenizer is built from the GGUF's own tokens and
merges; `plain_tokenizer` gives the same tokenizer without added tokens, the one a reader encodes text with.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from folder import save
from gguf import Gguf

_CONTROL = 3  # GGUF's token type of control tokens
_LAYER = {
    "attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj", "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
}


def config(gguf: Gguf) -> dict:
    meta = gguf.metadata
    kind = meta["general.architecture"]
    if kind not in ("llama", "qwen2"):
        raise ValueError(f"architecture {kind!r} is not supported: only llama and qwen2 are")
    heads, hidden = meta[f"{kind}.attention.head_count"], meta[f"{kind}.embedding_length"]
    return {
        "architectures": ["LlamaForCausalLM" if kind == "llama" else "Qwen2ForCausalLM"],
        "model_type": kind,
        "hidden_size": hidden,
        "intermediate_size": meta[f"{kind}.feed_forward_length"],
        "num_hidden_layers": meta[f"{kind}.block_count"],
        "num_attention_heads": heads,
        "num_key_value_heads": meta[f"{kind}.attention.head_count_kv"],
        "head_dim": hidden // heads,
        "max_position_embeddings": meta[f"{kind}.context_length"],
        "rms_norm_eps": float(f"{meta[f'{kind}.attention.layer_norm_rms_epsilon']:.6g}"),
        "rope_theta": meta[f"{kind}.rope.freq_base"],
        "vocab_size": len(meta["tokenizer.ggml.tokens"]),
        "tie_word_embeddings": "output.weight" not in gguf.names(),
        "attention_bias": False,
        "hidden_act": "silu",
        "bos_token_id": meta.get("tokenizer.ggml.bos_token_id"),
        "eos_token_id": meta.get("tokenizer.ggml.eos_token_id"),
        "pad_token_id": meta.get("tokenizer.ggml.padding_token_id"),
        "torch_dtype": "bfloat16",
    }


def tokenizer(gguf: Gguf) -> dict:
    """tokenizer.json of a byte-level BPE with single digits (GGUF's pre-tokenizer "smollm")."""
    meta = gguf.metadata
    if meta["tokenizer.ggml.model"] != "gpt2" or meta.get("tokenizer.ggml.pre") != "smollm":
        raise ValueError(f"tokenizer {meta['tokenizer.ggml.model']!r}/{meta.get('tokenizer.ggml.pre')!r} is not "
                         "supported: only gpt2/smollm is; take tokenizer.json from the model's own folder")
    tokens, types = meta["tokenizer.ggml.tokens"], meta["tokenizer.ggml.token_type"]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
             "special": True} for i, (token, kind) in enumerate(zip(tokens, types)) if kind == _CONTROL],
        "normalizer": None,
        "pre_tokenizer": {"type": "Sequence",
                          "pretokenizers": [{"type": "Digits", "individual_digits": True}, byte_level]},
        "post_processor": None,
        "decoder": byte_level,
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                  "vocab": {token: i for i, token in enumerate(tokens)},
                  "merges": [merge.split(" ") for merge in meta["tokenizer.ggml.merges"]]},
    }


def plain_tokenizer(full: dict) -> dict:
    """The same tokenizer without added tokens: control strings in a text are ordinary pieces, since no merge leads to
    them. Their ids stay in the vocabulary, so that they decode."""
    plain = dict(full, added_tokens=[])
    reachable = {"".join(merge if isinstance(merge, list) else merge.split(" ", 1))
                 for merge in full["model"]["merges"]}
    forged = [token["content"] for token in full["added_tokens"] if token["content"] in reachable]
    if forged:
        raise ValueError(f"text could spell the control tokens {forged}: a merge leads to them")
    return plain


def weights(gguf: Gguf, shape: dict) -> dict[str, torch.Tensor]:
    heads = {"attn_q": shape["num_attention_heads"], "attn_k": shape["num_key_value_heads"]}
    result = {}
    for name in gguf.names():
        values = gguf.tensor(name)
        if name == "token_embd.weight":
            target = "model.embed_tokens.weight"
        elif name == "output_norm.weight":
            target = "model.norm.weight"
        elif name == "output.weight":
            target = "lm_head.weight"
        elif name.startswith("blk."):
            _, layer, part, kind = name.split(".")
            if part not in _LAYER:
                raise ValueError(f"tensor {name} has no place in a {shape['model_type']} model")
            if part in heads and shape["model_type"] == "llama":
                # GGUF interleaves the two halves that rotary embedding pairs; Hugging Face keeps them apart.
                values = values.reshape(heads[part], shape["head_dim"] // 2, 2, -1).swapaxes(1, 2).reshape(values.shape)
            target = f"model.layers.{layer}.{_LAYER[part]}.{kind}"
        elif name == "rope_freqs.weight":
            raise ValueError("the GGUF scales its rotary frequencies (rope_freqs); that is not supported")
        else:
            raise ValueError(f"tensor {name} has no place in a {shape['model_type']} model")
        result[target] = torch.from_numpy(np.ascontiguousarray(values)).to(torch.bfloat16)
    return result


def convert(source: Path, out: Path) -> None:
    gguf = Gguf(source)
    shape = config(gguf)
    out.mkdir(parents=True, exist_ok=True)
    (out / "config.json").write_text(json.dumps(shape, indent=2) + "\n")
    text = json.dumps(tokenizer(gguf), ensure_ascii=False, separators=(",", ":"))
    (out / "tokenizer.json").write_text(text, encoding="utf-8")
    tensors = weights(gguf, shape)
    save(tensors, out / "model.safetensors")
    print(f"{out}: {sum(t.numel() for t in tensors.values()):,} parameters in {len(tensors)} tensors")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gguf", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    convert(options.gguf, options.out)
