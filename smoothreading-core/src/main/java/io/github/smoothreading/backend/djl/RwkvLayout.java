package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights of an RWKV-7 model, under the names of flash-linear-attention.
 *
 * <p>Its older checkpoints store the six token-shift vectors of a layer as one tensor {@code x_x};
 * so do files of rwkv.cpp.
 */
final class RwkvLayout {
  /** The packed vectors' order. */
  private static final String KINDS = "rwkvag";

  private static final int LARGEST_RANK = 1 << 16;

  private final RwkvConfig config;
  private final Map<String, StoredTensor> stored;
  private final WeightLayout layout;

  private RwkvLayout(RwkvConfig config, Map<String, StoredTensor> stored) {
    this.config = config;
    this.stored = stored;
    this.layout = new WeightLayout(config.architecture(), stored);
  }

  static List<WeightLayout.Slot> of(RwkvConfig config, Map<String, StoredTensor> stored) {
    stored.values().forEach(RwkvLayout::refuseVariants);
    return new RwkvLayout(config, stored).slots();
  }

  private List<WeightLayout.Slot> slots() {
    long width = config.hidden();
    layout.add(
        config.tied() ? "embedding" : "lookup",
        "model.embeddings.weight",
        config.vocabulary(),
        width);
    norm("model.layers.0.pre_norm");
    for (int i = 0; i < config.layers(); i++) {
      String layer = "model.layers." + i + ".";
      norm(layer + "attn_norm");
      shifts(layer + "attn.");
      for (char c : new char[] {'r', 'k', 'v', 'o'}) {
        layout.add("linear", layer + "attn." + c + "_proj.weight", width, width);
      }
      lowRank(layer + "attn.w_lora.lora.", true);
      lowRank(layer + "attn.a_lora.lora.", true);
      if (i == 0) {
        firstLayer(layer + "attn.v_lora.lora.");
      } else {
        lowRank(layer + "attn.v_lora.lora.", true);
      }
      lowRank(layer + "attn.g_lora.lora.", false);
      vector("norm", layer + "attn.k_k");
      vector("norm", layer + "attn.k_a");
      layout.add("norm", layer + "attn.r_k", width / config.headDim(), config.headDim());
      norm(layer + "attn.g_norm");
      norm(layer + "ffn_norm");
      vector("bias", layer + "ffn.x_k");
      layout.add("linear", layer + "ffn.key.weight", config.intermediate(), width);
      layout.add("linear", layer + "ffn.value.weight", width, config.intermediate());
    }
    norm("model.norm");
    if (config.tied()) {
      layout.absent("head");
      layout.ignore("lm_head.weight");
    } else {
      layout.add("head", "lm_head.weight", config.vocabulary(), width);
    }
    return layout.slots();
  }

  private void norm(String name) {
    vector("norm", name + ".weight");
    vector("norm", name + ".bias");
  }

  /** Values of the first layer are the first values: what mixes them in may be stored, unused. */
  private void firstLayer(String name) {
    for (String part : new String[] {"0.weight", "2.weight", "2.bias"}) {
      layout.ignore(name + part);
      layout.absent("plain");
    }
  }

  private void lowRank(String name, boolean bias) {
    StoredTensor down = stored.get(name + "0.weight");
    long rank = down == null || down.shape().isEmpty() ? 1 : down.shape().get(0);
    if (rank < 1 || rank > LARGEST_RANK) {
      throw new BackendException(
          "tensor '%s0.weight' has the rank %,d; it must be 1 to %,d"
              .formatted(name, rank, LARGEST_RANK));
    }
    layout.add("plain", name + "0.weight", rank, config.hidden());
    layout.add("plain", name + "2.weight", config.hidden(), rank);
    if (bias) {
      vector("norm", name + "2.bias");
    }
  }

  private void shifts(String attention) {
    StoredTensor packed = layout.take(attention + "x_x");
    if (packed == null) {
      for (char kind : KINDS.toCharArray()) {
        vector("bias", attention + "x_" + kind);
      }
      return;
    }
    requireCount(packed, 6L * config.hidden());
    long bytes = packed.bytes() / KINDS.length();
    for (int i = 0; i < KINDS.length(); i++) {
      layout.add("bias", part(packed, i * bytes, bytes));
    }
  }

  /** A vector of the model's width, whatever ones stand before its size. */
  private void vector(String role, String name) {
    StoredTensor tensor = layout.take(name);
    if (tensor == null) {
      layout.add(role, name, config.hidden()); // says that it is missing
      return;
    }
    requireCount(tensor, config.hidden());
    layout.add(role, part(tensor, 0, tensor.bytes()));
  }

  private StoredTensor part(StoredTensor tensor, long from, long bytes) {
    List<Long> shape = List.of((long) config.hidden());
    return new StoredTensor(
        tensor.name(), tensor.type(), shape, tensor.file(), tensor.offset() + from, bytes);
  }

  private static void requireCount(StoredTensor tensor, long count) {
    if (tensor.bytes() != count * tensor.type().bytes || tensor.type() == StoredType.I8) {
      throw new BackendException(
          "tensor '%s' of %s is %s %s, but %,d floating-point numbers are needed; do weights and config.json belong together?"
              .formatted(tensor.name(), tensor.file(), tensor.type(), tensor.shape(), count));
    }
  }

  /** Relatives of RWKV-7 have tensors of their own. */
  private static void refuseVariants(StoredTensor tensor) {
    String variant = variant(tensor.name());
    if (variant != null) {
      throw new BackendException(
          "%s is %s: it has the tensor '%s'; only plain RWKV-7 (x070) is supported"
              .formatted(tensor.file(), variant, tensor.name()));
    }
  }

  private static @Nullable String variant(String name) {
    if (name.matches(".*\\.(s_emb|s_emb_x)\\..*|.*ffn\\.s[0-2]")) {
      return "RWKV-7a or 7b, with deep embeddings";
    }
    if (name.matches(".*\\.qq\\..*|.*\\.(q|k1|k2|v1|v2)_emb.*|.*\\.q[12]")) {
      return "RWKV-7b, with attention beside the recurrence";
    }
    if (name.contains(".time_") || name.contains("_time_mix") || name.contains("time_maa")) {
      return "RWKV-4, 5 or 6";
    }
    if (name.matches(".*\\.attn\\.q_proj\\..*")) {
      return "a hybrid with attention layers";
    }
    return null;
  }
}
