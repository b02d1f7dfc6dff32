"""Calls the RWKV-7 decoder file from Python, as Java does; for tests."""

import torch

from window_model import RESOURCES, STORED

VECTORS = [("x_" + kind, "bias") for kind in "rwkvag"]
LAYER = (
    [("attn_norm.weight", "norm"), ("attn_norm.bias", "norm")] + [("attn." + n, r) for n, r in VECTORS]
    + [(f"attn.{n}_proj.weight", "linear") for n in "rkvo"]
    + [(f"attn.{n}_lora.lora.{p}", r) for n in "wav" for p, r in
       (("0.weight", "plain"), ("2.weight", "plain"), ("2.bias", "norm"))]
    + [(f"attn.g_lora.lora.{p}.weight", "plain") for p in (0, 2)]
    + [("attn.k_k", "norm"), ("attn.k_a", "norm"), ("attn.r_k", "norm"), ("attn.g_norm.weight", "norm"),
       ("attn.g_norm.bias", "norm"), ("ffn_norm.weight", "norm"), ("ffn_norm.bias", "norm"), ("ffn.x_k", "bias"),
       ("ffn.key.weight", "linear"), ("ffn.value.weight", "linear")]
)


def canonical(layers: int):
    names = [("model.embeddings.weight", "lookup"), ("model.layers.0.pre_norm.weight", "norm"),
             ("model.layers.0.pre_norm.bias", "norm")]
    for i in range(layers):
        names += [(f"model.layers.{i}.{name}", role) for name, role in LAYER]
    return names + [("model.norm.weight", "norm"), ("model.norm.bias", "norm"), ("lm_head.weight", "head")]


class RwkvModel:
    def __init__(self, config: dict, tensors: dict, compute: str = "fp32", variant: str = "portable"):
        self.decoder = torch.jit.load(str(RESOURCES / f"rwkv-decoder-{variant}.pt"))
        self.layers, self.width, self.dim = config["num_hidden_layers"], config["hidden_size"], config["head_dim"]
        self.weights = []
        for name, role in canonical(self.layers):
            tensor = tensors.get(name)
            if tensor is None:
                assert ".0.attn.v_lora" in name, name
                self.weights += [torch.empty(0)] * 4
                continue
            if tensor.dim() > 2 or "x_" in name:
                tensor = tensor.reshape(-1)
            self.weights += self.decoder.prepare(
                tensor.contiguous().view(-1).view(torch.uint8), torch.empty(0), STORED[tensor.dtype], list(tensor.shape),
                role, compute, "cpu")
        self.eps = config["norm_eps"]

    def state(self, slots: int = 4):
        heads = self.width // self.dim
        return (torch.zeros(self.layers, heads, slots, self.dim * self.dim), torch.zeros(self.layers, 2, slots, self.width))

    def logits(self, states, tokens, table=None, block: int = 0):
        """All logits of all tokens. A row of the table: tokens, source slot, mark, target slot."""
        table = table or [[len(t), 0, -1, 0] for t in tokens]
        packed = torch.tensor([t for row in tokens for t in row])
        hyper = torch.tensor([self.eps, self.dim, block], dtype=torch.float64)
        with torch.inference_mode(), torch.jit.optimized_execution(False):
            return self.decoder.logits(
                self.weights, hyper, [s[0] for s in states], [s[1] for s in states], torch.tensor(table), packed,
                torch.arange(packed.numel()), torch.empty(0, dtype=torch.int64))
