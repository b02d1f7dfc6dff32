"""Makes an RWKV-7 model folder with start values, to be trained from nothing.

    python rwkv_base.py --tokenizer base --hidden 512 --layers 12 --out rwkv-base

The tokenizer comes from another model folder; it must have the reserved ids of protocol.py.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch

import rwkv
from folder import save


def make(tokenizer: Path, out: Path, hidden: int, layers: int, head_dim: int = 64, tied: bool = True, seed: int = 1,
         vocab: int | None = None) -> None:
    if hidden % head_dim:
        raise ValueError(f"a width of {hidden} is not a multiple of the head size {head_dim}")
    vocab = vocab or json.loads((tokenizer / "config.json").read_text())["vocab_size"]
    rank = lambda factor: max(32, round(factor * hidden**0.5 / 32) * 32)
    config = {
        "architectures": ["RWKV7ForCausalLM"], "model_type": "rwkv7", "hidden_size": hidden, "num_hidden_layers": layers,
        "head_dim": head_dim, "num_heads": hidden // head_dim, "intermediate_size": 4 * hidden, "hidden_ratio": 4.0,
        "hidden_act": "sqrelu", "decay_low_rank_dim": rank(1.8), "a_low_rank_dim": rank(1.8), "v_low_rank_dim": rank(1.3),
        "gate_low_rank_dim": max(32, round(0.6 * hidden**0.8 / 32) * 32), "norm_eps": 1e-5, "norm_first": True,
        "norm_bias": True, "attn": None, "vocab_size": vocab, "tie_word_embeddings": tied,
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    shutil.copyfile(tokenizer / "tokenizer.json", out / "tokenizer.json")
    torch.manual_seed(seed)
    net = rwkv.Rwkv.read(out)
    rwkv.start(net, seed)
    save({name: values.detach() for name, values in net.state_dict().items()}, out / "model.safetensors")
    print(f"{out}: {sum(p.numel() for p in net.parameters()):,} parameters")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--tokenizer", type=Path, required=True, help="model folder with config.json and tokenizer.json")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--hidden", type=int, default=512)
    p.add_argument("--layers", type=int, default=12)
    p.add_argument("--head-dim", type=int, default=64)
    p.add_argument("--untied", action="store_true", help="an output head of its own")
    p.add_argument("--seed", type=int, default=1)
    given = p.parse_args()
    make(given.tokenizer, given.out, given.hidden, given.layers, given.head_dim, not given.untied, given.seed)
