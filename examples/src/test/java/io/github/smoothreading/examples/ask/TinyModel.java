package io.github.smoothreading.examples.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smoothreading.model.smollm2.SmolLm2;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A model of one small layer with random weights, but the real vocabulary and file formats. */
final class TinyModel {
  private static final int VOCABULARY = 49_152;
  private static final int HIDDEN = 32;
  private static final int FEED_FORWARD = 64;
  private static final int HEAD = 16;

  private TinyModel() {}

  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": %d,
         "intermediate_size": %d, "num_hidden_layers": 1, "num_attention_heads": 2,
         "num_key_value_heads": 1, "head_dim": %d, "max_position_embeddings": 2048,
         "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "vocab_size": %d,
         "tie_word_embeddings": true, "attention_bias": false, "hidden_act": "silu"}
        """
            .formatted(HIDDEN, FEED_FORWARD, HEAD, VOCABULARY));
    Files.writeString(
        folder.resolve("reader.json"),
        """
        {"format": 1, "window": 256, "chunk": 96, "round": 64, "language": "en",
         "protocol": {"question": 3, "text": 5, "notes": 6, "lastNotes": 7, "end": 2, "clues": 8,
           "separator": 9, "reason": 10, "read": 11, "stop": 12, "notFound": 13},
         "reasons": {"nothingNew": "Nothing new here.", "newClue": "A new clue."},
         "name": "tiny", "version": "1"}
        """);
    try (InputStream tokenizer = SmolLm2.class.getResourceAsStream("tokenizer.json")) {
      Files.copy(tokenizer, folder.resolve("tokenizer.json"));
    }
    Files.write(folder.resolve("model.safetensors"), weights());
    return folder;
  }

  private static byte[] weights() throws IOException {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    String layer = "model.layers.0.";
    shapes.put("model.embed_tokens.weight", new int[] {VOCABULARY, HIDDEN});
    shapes.put(layer + "input_layernorm.weight", new int[] {HIDDEN});
    shapes.put(layer + "self_attn.q_proj.weight", new int[] {2 * HEAD, HIDDEN});
    shapes.put(layer + "self_attn.k_proj.weight", new int[] {HEAD, HIDDEN});
    shapes.put(layer + "self_attn.v_proj.weight", new int[] {HEAD, HIDDEN});
    shapes.put(layer + "self_attn.o_proj.weight", new int[] {HIDDEN, 2 * HEAD});
    shapes.put(layer + "post_attention_layernorm.weight", new int[] {HIDDEN});
    shapes.put(layer + "mlp.gate_proj.weight", new int[] {FEED_FORWARD, HIDDEN});
    shapes.put(layer + "mlp.up_proj.weight", new int[] {FEED_FORWARD, HIDDEN});
    shapes.put(layer + "mlp.down_proj.weight", new int[] {HIDDEN, FEED_FORWARD});
    shapes.put("model.norm.weight", new int[] {HIDDEN});

    ObjectNode header = Json.MAPPER.createObjectNode();
    int offset = 0;
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      int bytes = Float.BYTES;
      for (int size : tensor.getValue()) {
        entry.withArray("shape").add(size);
        bytes *= size;
      }
      entry.withArray("data_offsets").add(offset).add(offset + bytes);
      offset += bytes;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(Long.BYTES + json.length + offset);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    Random random = new Random(17);
    while (file.hasRemaining()) {
      file.putFloat((float) random.nextGaussian() * 0.3f);
    }
    return file.array();
  }
}
