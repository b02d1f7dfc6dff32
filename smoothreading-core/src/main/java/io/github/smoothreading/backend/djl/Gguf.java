package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Weights of a GGUF file under their Hugging Face names, as 32-bit floats.
 *
 * <p>Configuration and tokenizer still come from {@code config.json} and {@code tokenizer.json}
 * beside it.
 */
final class Gguf implements WeightSource {
  private static final Map<String, String> PARTS =
      Map.of(
          "attn_norm", "input_layernorm",
          "attn_q", "self_attn.q_proj",
          "attn_k", "self_attn.k_proj",
          "attn_v", "self_attn.v_proj",
          "attn_output", "self_attn.o_proj",
          "ffn_norm", "post_attention_layernorm",
          "ffn_gate", "mlp.gate_proj",
          "ffn_up", "mlp.up_proj",
          "ffn_down", "mlp.down_proj");

  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, GgufHeader.Entry> entries = new LinkedHashMap<>();
  private final FileChannel channel;
  private final ModelConfig config;

  private Gguf(Path file, ModelConfig config) throws IOException {
    this.config = config;
    this.channel = FileChannel.open(file);
    try {
      for (GgufHeader.Entry entry : GgufHeader.read(file, channel)) {
        String name = name(entry.name());
        long floats = Math.multiplyExact(4L, entry.count());
        tensors.put(name, new StoredTensor(name, StoredType.F32, entry.shape(), file, 0, floats));
        entries.put(name, entry);
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The one GGUF file in {@code folder}, or null. */
  static @org.jspecify.annotations.Nullable Path in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".gguf")).toList();
      return found.size() == 1 ? found.get(0) : null;
    } catch (IOException e) {
      return null;
    }
  }

  static Gguf open(Path file, ModelConfig config) {
    try {
      return new Gguf(file, config);
    } catch (IOException e) {
      throw new BackendException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String name(String gguf) {
    switch (gguf) {
      case "token_embd.weight":
        return "model.embed_tokens.weight";
      case "output_norm.weight":
        return "model.norm.weight";
      case "output.weight":
        return "lm_head.weight";
      default:
        String[] parts = gguf.split("\\.");
        String part = parts.length == 4 && parts[0].equals("blk") ? PARTS.get(parts[2]) : null;
        return part == null ? gguf : "model.layers." + parts[1] + "." + part + "." + parts[3];
    }
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public ByteBuffer bytes(StoredTensor tensor) throws IOException {
    GgufHeader.Entry entry = entries.get(tensor.name());
    if (entry == null || tensor.bytes() > Integer.MAX_VALUE || entry.bytes() > Integer.MAX_VALUE) {
      throw new BackendException(
          "tensor '%s' of %s is too large: %,d bytes as floats"
              .formatted(tensor.name(), tensor.file(), tensor.bytes()));
    }
    ByteBuffer raw =
        channel
            .map(MapMode.READ_ONLY, entry.offset(), entry.bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] values = entry.type().floats(raw, (int) entry.count());
    ByteBuffer result =
        ByteBuffer.allocateDirect((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int heads = interleavedHeads(entry.name());
    if (heads == 0) {
      result.asFloatBuffer().put(values);
    } else {
      int columns = Math.toIntExact(entry.count() / entry.shape().get(0));
      for (int row = 0; row < values.length / columns; row++) {
        result
            .asFloatBuffer()
            .put(values, source(row, heads, values.length / columns) * columns, columns);
        result.position(result.position() + 4 * columns);
      }
      result.flip();
    }
    return result;
  }

  /** GGUF interleaves the two halves that rotary embedding pairs; Hugging Face keeps them apart. */
  private static int source(int row, int heads, int rows) {
    int dim = rows / heads;
    int half = dim / 2;
    int head = row / dim;
    int within = row % dim;
    return head * dim + 2 * (within % half) + within / half;
  }

  private int interleavedHeads(String name) {
    if (!config.architecture().equals("llama")) {
      return 0;
    }
    return name.endsWith("attn_q.weight")
        ? config.heads()
        : name.endsWith("attn_k.weight") ? config.sharedHeads() : 0;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
