package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What differs between families of models: their sizes, their weights, their decoder file, and the
 * memory of a reading.
 *
 * <p>Everything else (steps, drafts, batches, the engine thread) is the same for all of them.
 */
sealed interface Architecture permits ModelConfig, RwkvConfig {
  /** Its name in messages, as {@code config.json} has it. */
  String architecture();

  int layers();

  int vocabulary();

  /** The largest window that a state can have, in tokens. */
  int positions();

  /** First part of the decoder files' names. */
  String decoder();

  /** The numbers that the decoder takes besides the weights. */
  double[] hyper();

  /** The tensors in {@code folder}. */
  WeightSource weights(Path folder);

  /** The decoder's weights in its order. */
  List<WeightLayout.Slot> layout(Map<String, StoredTensor> stored);

  /** Sizes of the two buffers of a state: layers, parts of a layer, slots, numbers of a slot. */
  List<long[]> buffers(int slots);

  /** Type of the numbers in those buffers: {@code fp32}, {@code bf16} or {@code fp16}. */
  String bufferType(Arithmetic arithmetic);

  /** Slots of a state with this window that can forget so many tokens. */
  int slots(int window, int rewindable);

  /** The state that lives in {@code buffers}. */
  DecoderState state(LoadedModel model, StateBuffers buffers, int window, int rewindable);

  /** Bytes of one of a state's two buffers. */
  default long bytes(Arithmetic arithmetic, int buffer, int slots) {
    long count = bufferType(arithmetic).equals(Arithmetic.FP32.label) ? 4 : 2;
    for (long size : buffers(slots).get(buffer)) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  /** Whether there is a decoder for the model in {@code folder}, or a reason to refuse it. */
  static boolean supports(Path folder) {
    Path config = folder.resolve("config.json");
    if (!Files.isRegularFile(config)) {
      return RwkvConfig.supportsWithoutConfig(folder);
    }
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(config));
      return ModelConfig.supports(json) || RwkvConfig.supports(json);
    } catch (IOException e) {
      return false;
    }
  }

  /** The architecture of the model in {@code folder}. */
  static Architecture read(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.exists(file) && RwkvConfig.supportsWithoutConfig(folder)) {
      return RwkvConfig.ofFile(folder);
    }
    JsonNode json = Json.read(file, "the model's architecture");
    if (RwkvConfig.supports(json)) {
      return RwkvConfig.read(folder, json);
    }
    if (!ModelConfig.supports(json)) {
      throw new BackendException(
          "%s: model_type is '%s'; this backend runs the architectures llama, qwen2 and rwkv7"
              .formatted(file, json.path("model_type").asText()));
    }
    return ModelConfig.read(folder);
  }
}
