package io.github.smoothreading.backend.djl;

import java.util.List;
import java.util.Map;

/** The weights of a Llama or Qwen2 model. */
final class WindowLayout {
  private WindowLayout() {}

  static List<WeightLayout.Slot> of(ModelConfig config, Map<String, StoredTensor> stored) {
    WeightLayout layout = new WeightLayout(config.architecture(), stored);
    long hidden = config.hidden();
    long query = (long) config.heads() * config.headDim();
    long shared = (long) config.sharedHeads() * config.headDim();
    long inner = config.intermediate();
    String role = config.tied() ? "embedding" : "lookup";
    layout.add(role, "model.embed_tokens.weight", config.vocabulary(), hidden);
    for (int i = 0; i < config.layers(); i++) {
      String layer = "model.layers." + i + ".";
      layout.add("norm", layer + "input_layernorm.weight", hidden);
      layout.add("linear", layer + "self_attn.q_proj.weight", query, hidden);
      layout.add("linear", layer + "self_attn.k_proj.weight", shared, hidden);
      layout.add("linear", layer + "self_attn.v_proj.weight", shared, hidden);
      layout.add("linear", layer + "self_attn.o_proj.weight", hidden, query);
      layout.add("norm", layer + "post_attention_layernorm.weight", hidden);
      layout.add("linear", layer + "mlp.gate_proj.weight", inner, hidden);
      layout.add("linear", layer + "mlp.up_proj.weight", inner, hidden);
      layout.add("linear", layer + "mlp.down_proj.weight", hidden, inner);
      bias(layout, config, layer + "self_attn.q_proj.bias", query);
      bias(layout, config, layer + "self_attn.k_proj.bias", shared);
      bias(layout, config, layer + "self_attn.v_proj.bias", shared);
    }
    layout.add("norm", "model.norm.weight", hidden);
    if (config.tied()) {
      layout.absent("head");
      layout.ignore("lm_head.weight");
    } else {
      layout.add("head", "lm_head.weight", config.vocabulary(), hidden);
    }
    return layout.slots();
  }

  private static void bias(WeightLayout layout, ModelConfig config, String name, long size) {
    if (config.bias()) {
      layout.add("bias", name, size);
    } else {
      layout.absent("bias");
    }
  }
}
