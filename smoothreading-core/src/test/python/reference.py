"""The reference: Hugging Face transformers in fp32 (or fp64), eager attention, an explicit sliding 4-D mask."""

import torch
from transformers import AutoConfig, AutoModelForCausalLM


class ExactRope(torch.nn.Module):
    """Angles in float64: transformers' float32 angles would be the larger error of a comparison at long positions."""

    def __init__(self, inverse: torch.Tensor):
        super().__init__()
        self.inverse = inverse

    def forward(self, x, position_ids):
        angle = position_ids.double()[..., None] * self.inverse
        angle = torch.cat([angle, angle], dim=-1)
        return angle.cos().to(x.dtype), angle.sin().to(x.dtype)


def inverse_frequencies(config: dict, dim: int) -> torch.Tensor:
    """float64; linear scaling divides, other kinds are taken from transformers' own float32 values."""
    parameters = config.get("rope_parameters") or {}
    theta = float(parameters.get("rope_theta", config.get("rope_theta", 10000.0)))
    inverse = theta ** -(torch.arange(0, dim, 2, dtype=torch.float64) / dim)
    return inverse / float(parameters["factor"]) if parameters.get("rope_type") == "linear" else inverse


def reference_model(config: dict, tensors: dict, dtype=torch.float32):
    settings = dict(config)
    kind = settings.pop("model_type")
    settings = AutoConfig.for_model(kind, **settings)
    settings._attn_implementation = "eager"
    model = AutoModelForCausalLM.from_config(settings, attn_implementation="eager").eval()
    missing, unexpected = model.load_state_dict({k: v.float() for k, v in tensors.items()}, strict=False)
    assert not unexpected and all(name == "lm_head.weight" for name in missing), (missing, unexpected)
    if config.get("tie_word_embeddings"):
        model.tie_weights()
    model = model.to(dtype)
    dim = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
    if (config.get("rope_parameters") or {}).get("rope_type", "default") in ("default", "linear"):
        model.model.rotary_emb = ExactRope(inverse_frequencies(config, dim))
    return model


def window_logits(model, tokens: list[int], window: int, positions=None) -> torch.Tensor:
    """Logits of one full forward pass in which key kv is visible to query q iff q - window < kv <= q."""
    n = len(tokens)
    query, key = torch.arange(n)[:, None], torch.arange(n)[None, :]
    visible = (key <= query) & (key > query - window)
    dtype = next(model.parameters()).dtype
    mask = torch.zeros(n, n, dtype=dtype).masked_fill(~visible, torch.finfo(dtype).min)[None, None]
    with torch.inference_mode():
        keep = {} if positions is None else {"logits_to_keep": torch.tensor(positions)}
        return model(torch.tensor([tokens]), attention_mask=mask, use_cache=False, **keep).logits[0]
