"""Prefill by blocks against the same decoder's one-token step, run in one loop inside TorchScript.

    python bench_rwkv.py --hidden 512 --layers 10 --tokens 512 --repeat 5 --threads 2

Both run over the same random weights; medians, and the range of the ratio over interleaved pairs. Nothing of Python is
inside the loop.
"""

import argparse
import statistics
import time

import torch

from rwkv_model import RwkvModel, canonical

torch.manual_seed(1)


def tensors(hidden: int, layers: int, vocabulary: int) -> dict[str, torch.Tensor]:
    """Of the sizes of published models: low-rank pairs of 64, 64, 32, 128."""
    ranks = {"w": 64, "a": 64, "v": 32, "g": 128}
    result = {}
    for name, _ in canonical(layers):
        part = name.split(".", 3)[-1]
        if ".0.attn.v_lora" in name:
            continue
        if "_lora.lora.0" in part:
            shape = (ranks[part[5]], hidden)
        elif "_lora.lora.2.weight" in part:
            shape = (hidden, ranks[part[5]])
        elif "_proj" in part:
            shape = (hidden, hidden)
        elif part == "attn.r_k":
            shape = (hidden // 64, 64)
        elif part == "ffn.key.weight":
            shape = (4 * hidden, hidden)
        elif part == "ffn.value.weight":
            shape = (hidden, 4 * hidden)
        elif name in ("model.embeddings.weight", "lm_head.weight"):
            shape = (vocabulary, hidden)
        else:
            shape = (hidden,)
        result[name] = torch.randn(shape) / shape[-1] ** 0.5 if len(shape) == 2 else torch.rand(shape)
    return result


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--hidden", type=int, default=512)
    p.add_argument("--layers", type=int, default=10)
    p.add_argument("--vocabulary", type=int, default=1000)
    p.add_argument("--tokens", type=int, default=512)
    p.add_argument("--repeat", type=int, default=5)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--compute", nargs="+", default=["fp32", "bf16"])
    p.add_argument("--variant", default="cpu")
    given = p.parse_args()
    torch.set_num_threads(given.threads)
    weights = tensors(given.hidden, given.layers, given.vocabulary)
    inside = sum(t.numel() for n, t in weights.items() if "embeddings" not in n and "lm_head" not in n)
    print(f"{sum(t.numel() for t in weights.values()):,} parameters, {inside:,} of them in layers; {given.tokens} tokens, "
          f"{given.threads} threads, torch {torch.__version__}")
    config = {"num_hidden_layers": given.layers, "hidden_size": given.hidden, "head_dim": 64, "norm_eps": 1e-5}
    tokens = torch.randint(0, given.vocabulary, [given.tokens])
    none = torch.empty(0, dtype=torch.int64)
    for compute in given.compute:
        model = RwkvModel(config, weights, compute, given.variant)
        hyper = torch.tensor([1e-5, 64, 0], dtype=torch.float64)
        state = model.state()

        def blocks():
            rows = torch.tensor([[given.tokens, 0, -1, 0]])
            model.decoder.advance(model.weights, hyper, [state[0]], [state[1]], rows, tokens, none, none)

        def steps():
            model.decoder.one_by_one(model.weights, hyper, [state[0]], [state[1]], tokens)

        speeds = {blocks: [], steps: []}
        with torch.inference_mode(), torch.jit.optimized_execution(False):
            blocks(), steps()
            for _ in range(given.repeat):
                for run in (blocks, steps):
                    begun = time.perf_counter()
                    run()
                    speeds[run].append(given.tokens / (time.perf_counter() - begun))
        ratios = [a / b for a, b in zip(speeds[blocks], speeds[steps])]
        print(f"{compute}: blocks {statistics.median(speeds[blocks]):,.0f} tokens/s, one by one "
              f"{statistics.median(speeds[steps]):,.0f}, ratio {statistics.median(ratios):.1f} "
              f"({min(ratios):.1f}-{max(ratios):.1f})", flush=True)


if __name__ == "__main__":
    main()
