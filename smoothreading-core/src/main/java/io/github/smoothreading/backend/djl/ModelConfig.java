package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.backend.BackendException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Llama or Qwen2 model, from a Hugging Face {@code config.json}.
 *
 * @param architecture {@code llama} or {@code qwen2}
 * @param hidden width of the residual stream
 * @param intermediate width inside the feed-forward layer
 * @param layers number of layers
 * @param heads number of query heads
 * @param sharedHeads number of key/value heads
 * @param headDim width of a head
 * @param vocabulary number of token ids
 * @param epsilon of the RMS norms
 * @param rope rotary position embedding
 * @param tied whether the embedding is the output head too
 * @param bias whether query, key and value have biases
 * @param positions the longest distance the model was trained on
 */
record ModelConfig(
    String architecture,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int sharedHeads,
    int headDim,
    int vocabulary,
    double epsilon,
    Rope rope,
    boolean tied,
    boolean bias,
    int positions)
    implements Architecture {
  private static final Set<String> SUPPORTED = Set.of("llama", "qwen2");

  /**
   * Rotary position embedding.
   *
   * @param theta base
   * @param factor stretch of linear or llama3 scaling, 0 for none
   * @param low low frequency factor of llama3 scaling
   * @param high high frequency factor of llama3 scaling
   * @param original length before llama3 scaling, 0 for linear
   */
  record Rope(double theta, double factor, double low, double high, double original) {}

  /** Whether this backend has a decoder for the architecture. */
  static boolean supports(JsonNode config) {
    return SUPPORTED.contains(config.path("model_type").asText());
  }

  static ModelConfig read(Path folder) {
    Path file = folder.resolve("config.json");
    return new Reader(file, Json.read(file, "the model's architecture")).config();
  }

  @Override
  public String decoder() {
    return "window-decoder";
  }

  @Override
  public WeightSource weights(Path folder) {
    Path gguf = Safetensors.in(folder) ? null : Gguf.in(folder);
    return gguf == null ? Safetensors.open(folder) : Gguf.open(gguf, this);
  }

  @Override
  public List<WeightLayout.Slot> layout(Map<String, StoredTensor> stored) {
    return WindowLayout.of(this, stored);
  }

  @Override
  public List<long[]> buffers(int slots) {
    long[] shape = {layers, sharedHeads, slots, headDim};
    return List.of(shape, shape);
  }

  @Override
  public String bufferType(Arithmetic arithmetic) {
    return arithmetic.stateType();
  }

  @Override
  public int slots(int window, int rewindable) {
    return WindowState.slots(window, rewindable);
  }

  @Override
  public DecoderState state(LoadedModel model, StateBuffers buffers, int window, int rewindable) {
    return new WindowState(model, buffers, window, rewindable);
  }

  @Override
  public double[] hyper() {
    return new double[] {
      rope.theta, epsilon, headDim, rope.factor, rope.low, rope.high, rope.original
    };
  }

  private record Reader(Path file, JsonNode json) {
    ModelConfig config() {
      String type = json.path("model_type").asText();
      if (!supports(json)) {
        throw bad(
            "model_type is '%s'; this backend runs the architectures %s"
                .formatted(type, SUPPORTED));
      }
      if (json.hasNonNull("quantization_config")) {
        throw bad("the weights are quantized in a foreign format; use the unquantized model");
      }
      String activation = json.path("hidden_act").asText("silu");
      if (!activation.equals("silu")) {
        throw bad("hidden_act is '%s'; only silu is supported".formatted(activation));
      }
      if (json.path("mlp_bias").asBoolean() || json.path("attention_bias").asBoolean()) {
        throw bad("biases on output or feed-forward projections are not supported");
      }
      if (json.path("partial_rotary_factor").asDouble(1) != 1) {
        throw bad("partial_rotary_factor is not supported");
      }
      int hidden = number("hidden_size", 0, 1 << 20);
      int heads = number("num_attention_heads", 0, 1 << 16);
      int shared = number("num_key_value_heads", heads, heads);
      int dim = number("head_dim", hidden / heads, 1 << 16);
      if (heads % shared != 0 || dim % 2 != 0) {
        throw bad(
            "%d heads of width %d do not fit %d key/value heads".formatted(heads, dim, shared));
      }
      double epsilon = json.path("rms_norm_eps").asDouble(1e-6);
      if (!(epsilon > 0 && epsilon < 1)) {
        throw bad("rms_norm_eps is " + epsilon);
      }
      return new ModelConfig(
          type,
          hidden,
          number("intermediate_size", 0, 1 << 22),
          number("num_hidden_layers", 0, 1 << 12),
          heads,
          shared,
          dim,
          number("vocab_size", 0, 1 << 24),
          epsilon,
          rope(),
          json.path("tie_word_embeddings").asBoolean(),
          type.equals("qwen2"),
          number("max_position_embeddings", 2048, Integer.MAX_VALUE));
    }

    private Rope rope() {
      // transformers 5 keeps theta and scaling together; older ones apart.
      JsonNode scaling = json.path("rope_parameters");
      if (!scaling.isObject()) {
        scaling = json.path("rope_scaling");
      }
      double theta = scaling.path("rope_theta").asDouble(json.path("rope_theta").asDouble(10000));
      String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
      double factor = scaling.path("factor").asDouble(1);
      if (!(theta > 1) || !(factor > 0)) {
        throw bad("rope_theta is %s and the rope factor %s".formatted(theta, factor));
      }
      switch (type) {
        case "default":
          return new Rope(theta, 0, 0, 0, 0);
        case "linear":
          return new Rope(theta, factor, 0, 0, 0);
        case "llama3":
          double low = scaling.path("low_freq_factor").asDouble(1);
          double high = scaling.path("high_freq_factor").asDouble(4);
          double original = scaling.path("original_max_position_embeddings").asDouble(8192);
          if (!(low > 0 && high > low && original > 0)) {
            throw bad("the llama3 rope scaling is out of order: " + scaling);
          }
          return new Rope(theta, factor, low, high, original);
        default:
          throw bad(
              "rope_type '%s' is not supported (default, linear and llama3 are): its rotation changes with the length, which a state that is carried on cannot follow"
                  .formatted(type));
      }
    }

    /** An integer from 1 to {@code most}; {@code standard} where it is absent, if that is not 0. */
    private int number(String name, int standard, int most) {
      JsonNode node = json.path(name);
      if ((node.isMissingNode() || node.isNull()) && standard > 0) {
        return standard;
      }
      if (!node.isIntegralNumber()
          || !node.canConvertToInt()
          || node.intValue() < 1
          || node.intValue() > most) {
        throw bad("%s is %s; it must be an integer from 1 to %,d".formatted(name, node, most));
      }
      return node.intValue();
    }

    private BackendException bad(String what) {
      return new BackendException("%s: %s".formatted(file, what));
    }
  }
}
