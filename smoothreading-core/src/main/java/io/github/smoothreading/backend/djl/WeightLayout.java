package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decoder's order of weights, and which stored tensor goes where. */
final class WeightLayout {
  /** Suffix of the scales that belong to an 8-bit tensor: one per row. */
  static final String SCALE = "_scale";

  /**
   * One place in the decoder's list.
   *
   * @param role {@code embedding} (a head too) or {@code lookup}, {@code norm}, {@code linear},
   *     {@code bias}, {@code head}
   * @param tensor what is stored for it; null where the architecture has none
   * @param scale scales of an 8-bit tensor
   */
  record Slot(String role, @Nullable StoredTensor tensor, @Nullable StoredTensor scale) {}

  private final ModelConfig config;
  private final Map<String, StoredTensor> stored;
  private final Set<String> used = new HashSet<>();
  private final List<Slot> slots = new ArrayList<>();

  private WeightLayout(ModelConfig config, Map<String, StoredTensor> stored) {
    this.config = config;
    this.stored = stored;
  }

  static List<Slot> of(ModelConfig config, Map<String, StoredTensor> stored) {
    return new WeightLayout(config, stored).slots();
  }

  private List<Slot> slots() {
    long hidden = config.hidden();
    long query = (long) config.heads() * config.headDim();
    long shared = (long) config.sharedHeads() * config.headDim();
    long inner = config.intermediate();
    String role = config.tied() ? "embedding" : "lookup";
    add(role, "model.embed_tokens.weight", config.vocabulary(), hidden);
    for (int i = 0; i < config.layers(); i++) {
      String layer = "model.layers." + i + ".";
      add("norm", layer + "input_layernorm.weight", hidden);
      add("linear", layer + "self_attn.q_proj.weight", query, hidden);
      add("linear", layer + "self_attn.k_proj.weight", shared, hidden);
      add("linear", layer + "self_attn.v_proj.weight", shared, hidden);
      add("linear", layer + "self_attn.o_proj.weight", hidden, query);
      add("norm", layer + "post_attention_layernorm.weight", hidden);
      add("linear", layer + "mlp.gate_proj.weight", inner, hidden);
      add("linear", layer + "mlp.up_proj.weight", inner, hidden);
      add("linear", layer + "mlp.down_proj.weight", hidden, inner);
      bias(layer + "self_attn.q_proj.bias", query);
      bias(layer + "self_attn.k_proj.bias", shared);
      bias(layer + "self_attn.v_proj.bias", shared);
    }
    add("norm", "model.norm.weight", hidden);
    if (config.tied()) {
      slots.add(new Slot("head", null, null));
      used.add("lm_head.weight");
    } else {
      add("head", "lm_head.weight", config.vocabulary(), hidden);
    }
    refuseOthers();
    return slots;
  }

  private void bias(String name, long size) {
    if (config.bias()) {
      add("bias", name, size);
    } else {
      slots.add(new Slot("bias", null, null));
    }
  }

  private void add(String role, String name, long... shape) {
    StoredTensor tensor = find(name, shape);
    StoredTensor scale = null;
    if (tensor.type() == StoredType.I8) {
      scale = find(name + SCALE, shape[0]);
      if (scale.type() != StoredType.F32 || shape.length != 2) {
        throw new BackendException(
            "tensor '%s' of %s: 8-bit weights are matrices with one F32 scale per row"
                .formatted(name, tensor.file()));
      }
    }
    slots.add(new Slot(role, tensor, scale));
  }

  private StoredTensor find(String name, long... shape) {
    StoredTensor tensor = stored.get(name);
    if (tensor == null) {
      throw new BackendException(
          "tensor '%s' is missing from the weights; config.json asks for it. Is the download complete?"
              .formatted(name));
    }
    List<Long> expected = new ArrayList<>();
    for (long size : shape) {
      expected.add(size);
    }
    if (!tensor.shape().equals(expected)) {
      throw new BackendException(
          "tensor '%s' of %s has the shape %s, but config.json asks for %s; do the two belong together?"
              .formatted(name, tensor.file(), tensor.shape(), expected));
    }
    if (!tensor.type().usable) {
      throw new BackendException(
          "tensor '%s' of %s is stored as %s; supported are F32, F16, BF16 and I8 with '%s' scales"
              .formatted(name, tensor.file(), tensor.type(), SCALE));
    }
    used.add(name);
    return tensor;
  }

  /**
   * A tensor the decoder would not apply means another architecture: better refused than answered
   * wrongly.
   */
  private void refuseOthers() {
    for (StoredTensor tensor : stored.values()) {
      if (!used.contains(tensor.name()) && !tensor.name().endsWith("rotary_emb.inv_freq")) {
        throw new BackendException(
            "tensor '%s' of %s has no place in a %s model; the architecture is not supported"
                .formatted(tensor.name(), tensor.file(), config.architecture()));
      }
    }
  }
}
