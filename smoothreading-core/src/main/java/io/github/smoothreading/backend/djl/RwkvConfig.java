package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An RWKV-7 model: from flash-linear-attention's {@code config.json}, or a file of rwkv.cpp.
 *
 * @param hidden width of the residual stream
 * @param intermediate width inside the feed-forward layer
 * @param layers number of layers
 * @param headDim width of a head
 * @param vocabulary number of token ids
 * @param epsilon of the norms
 * @param tied whether the embedding is the output head too
 * @param file the file of rwkv.cpp; null for safetensors
 */
record RwkvConfig(
    int hidden,
    int intermediate,
    int layers,
    int headDim,
    int vocabulary,
    double epsilon,
    boolean tied,
    @Nullable Path file)
    implements Architecture {
  /** Names of the family in {@code config.json}; all but the last are refused. */
  private static final Set<String> FAMILY = Set.of("rwkv", "rwkv5", "rwkv6", "rwkv7");

  /** Whether the model is of this family, supported or not. */
  static boolean supports(JsonNode config) {
    return FAMILY.contains(config.path("model_type").asText());
  }

  /** Whether {@code folder} has weights of this family without a {@code config.json}. */
  static boolean supportsWithoutConfig(Path folder) {
    return RwkvCpp.in(folder) != null || pickle(folder) != null;
  }

  private static @Nullable Path pickle(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".pth")).findFirst().orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  private static BackendException pickled(Path file) {
    return new BackendException(
        "%s is a pickled checkpoint, which could run any code when read, so it is never loaded. Convert it: to safetensors with flash-linear-attention (utils/convert_from_rwkv7.py), or with rwkv.cpp (python/convert_pytorch_to_ggml.py, FP32 or FP16), and open the folder with the result."
            .formatted(file));
  }

  /** The model of a folder without {@code config.json}. */
  static RwkvConfig ofFile(Path folder) {
    Path file = RwkvCpp.in(folder);
    if (file == null) {
      Path pickle = pickle(folder);
      throw pickled(pickle == null ? folder : pickle);
    }
    return RwkvCpp.config(file);
  }

  static RwkvConfig read(Path folder, JsonNode json) {
    return new Reader(folder, json).config();
  }

  @Override
  public String architecture() {
    return "rwkv7";
  }

  /** There is no window: what is remembered has no age. */
  @Override
  public int positions() {
    return Integer.MAX_VALUE;
  }

  @Override
  public String decoder() {
    return "rwkv-decoder";
  }

  @Override
  public double[] hyper() {
    return new double[] {epsilon, headDim, 0};
  }

  @Override
  public WeightSource weights(Path folder) {
    if (file != null) {
      return RwkvCpp.open(file);
    }
    Path pickle = pickle(folder);
    if (!Safetensors.in(folder) && pickle != null) {
      throw pickled(pickle);
    }
    return Safetensors.open(folder);
  }

  @Override
  public List<WeightLayout.Slot> layout(Map<String, StoredTensor> stored) {
    return RwkvLayout.of(this, stored);
  }

  @Override
  public List<long[]> buffers(int slots) {
    return List.of(
        new long[] {layers, hidden / headDim, slots, (long) headDim * headDim},
        new long[] {layers, 2, slots, hidden});
  }

  @Override
  public String bufferType(Arithmetic arithmetic) {
    return Arithmetic.FP32.label;
  }

  @Override
  public int slots(int window, int rewindable) {
    return RwkvState.slots(rewindable);
  }

  @Override
  public DecoderState state(LoadedModel model, StateBuffers buffers, int window, int rewindable) {
    return new RwkvState(model, buffers, window, rewindable);
  }

  private record Reader(Path folder, JsonNode json) {
    RwkvConfig config() {
      String type = json.path("model_type").asText();
      require(type.equals("rwkv7"), "model_type is '%s'; of RWKV only rwkv7 is supported", type);
      require(
          !json.hasNonNull("attn"),
          "it is a hybrid with attention layers ('attn'); only plain RWKV-7 is supported",
          "");
      require(
          !json.hasNonNull("quantization_config"),
          "the weights are quantized in a foreign format; use the unquantized model",
          "");
      String activation = json.path("hidden_act").asText("sqrelu");
      require(activation.equals("sqrelu"), "hidden_act is '%s'; RWKV-7 has sqrelu", activation);
      require(
          json.path("norm_first").asBoolean(true), "norm_first is false; RWKV-7 has it true", "");
      require(json.path("norm_bias").asBoolean(true), "norm_bias is false; RWKV-7 has it true", "");
      int hidden = number("hidden_size", 0, 1 << 20);
      int heads = number("num_heads", -1, 1 << 16);
      int dim = number("head_dim", heads > 0 ? hidden / heads : 64, 1 << 10);
      require(
          hidden % dim == 0 && (heads < 0 || heads * dim == hidden),
          "hidden_size, head_dim and num_heads do not fit: %s",
          hidden + ", " + dim + ", " + heads);
      JsonNode values = json.path("value_dim");
      for (JsonNode value : values.isArray() ? values : List.of(values)) {
        require(
            value.isMissingNode() || value.isNull() || value.asInt() == hidden,
            "value_dim is %s; only hidden_size is supported",
            value.toString());
      }
      double epsilon = json.path("norm_eps").asDouble(1e-5);
      require(epsilon > 0 && epsilon < 1, "norm_eps is %s", String.valueOf(epsilon));
      double ratio = json.path("hidden_ratio").asDouble(4);
      return new RwkvConfig(
          hidden,
          number("intermediate_size", (int) Math.min(1 << 22, hidden * ratio), 1 << 22),
          number("num_hidden_layers", 0, 1 << 12),
          dim,
          number("vocab_size", 0, 1 << 24),
          epsilon,
          json.path("tie_word_embeddings").asBoolean(),
          null);
    }

    /** An integer from 1 to {@code most}; {@code standard} where it is absent, if that is not 0. */
    private int number(String name, int standard, int most) {
      JsonNode node = json.path(name);
      if ((node.isMissingNode() || node.isNull()) && standard != 0) {
        return standard;
      }
      boolean fits =
          node.isIntegralNumber()
              && node.canConvertToInt()
              && node.intValue() >= 1
              && node.intValue() <= most;
      require(fits, name + " is %s; it must be an integer from 1 to " + most, node.toString());
      return node.intValue();
    }

    private void require(boolean condition, String otherwise, String value) {
      if (!condition) {
        throw new BackendException(
            "%s: %s".formatted(folder.resolve("config.json"), otherwise.formatted(value)));
      }
    }
  }
}
