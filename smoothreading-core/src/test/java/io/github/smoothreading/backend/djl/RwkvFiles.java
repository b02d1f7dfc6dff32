package io.github.smoothreading.backend.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The golden RWKV-7 model in the forms in which such models are published. */
final class RwkvFiles {
  private static final int WIDTH = 192;
  private static final int LAYERS = 2;
  private static final int VOCABULARY = 160;

  /** Forms of one model. */
  enum Form {
    /** As flash-linear-attention stores it. */
    FLA,
    /** As it did at first: six shift vectors in one tensor. */
    FLA_PACKED,
    /** A file of rwkv.cpp, FP32. */
    RWKV_CPP_FP32,
    /** The same with matrices in 16 bits. */
    RWKV_CPP_FP16
  }

  private RwkvFiles() {}

  static Path folder(Path parent, Form form) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(form.name()));
    Path golden = TestModels.golden("rwkv7");
    Files.write(folder.resolve("tokenizer.json"), TestModels.tokenizer(11));
    switch (form) {
      case FLA -> TestModels.folder(parent.resolve("fla"), "rwkv7");
      case FLA_PACKED -> {
        Files.copy(golden.resolve("config.json"), folder.resolve("config.json"));
        TestModels.rewrite(
            golden.resolve("model.safetensors"), folder.resolve("model.safetensors"), packed());
      }
      default -> Files.write(folder.resolve("model.bin"), cpp(form == Form.RWKV_CPP_FP16));
    }
    return form == Form.FLA ? parent.resolve("fla").resolve("rwkv7") : folder;
  }

  private static Map<String, TestModels.Tensor> packed() throws IOException {
    Map<String, TestModels.Tensor> changes = new HashMap<>();
    Map<String, TestModels.Tensor> all = tensors();
    for (int i = 0; i < LAYERS; i++) {
      ByteArrayOutputStream together = new ByteArrayOutputStream();
      for (char kind : "rwkvag".toCharArray()) {
        String name = "model.layers." + i + ".attn.x_" + kind;
        together.writeBytes(all.get(name).bytes());
        changes.put(name, null);
      }
      changes.put(
          "model.layers." + i + ".attn.x_x",
          new TestModels.Tensor("BF16", List.of(6L, (long) WIDTH), together.toByteArray()));
    }
    return changes;
  }

  static Map<String, TestModels.Tensor> tensors() throws IOException {
    Path file = TestModels.golden("rwkv7").resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Map<String, TestModels.Tensor> all = new LinkedHashMap<>();
    for (StoredTensor stored : SafetensorsHeader.read(file).values()) {
      byte[] own = new byte[(int) stored.bytes()];
      System.arraycopy(bytes, (int) stored.offset(), own, 0, own.length);
      all.put(stored.name(), new TestModels.Tensor(stored.type().name(), stored.shape(), own));
    }
    return all;
  }

  /** What rwkv.cpp's converter writes, from its format's description. */
  static byte[] cpp(boolean half) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ints(out, 0x67676d66, 101, VOCABULARY, WIDTH, LAYERS, half ? 1 : 0);
    Map<String, TestModels.Tensor> all = tensors();
    for (Map.Entry<String, TestModels.Tensor> entry : all.entrySet()) {
      String name = entry.getKey();
      TestModels.Tensor tensor = entry.getValue();
      if (name.matches(".*attn\\.x_[wkvag]")) {
        continue; // written with x_r
      }
      byte[] data = tensor.bytes();
      List<Long> shape = new ArrayList<>(tensor.shape());
      if (name.endsWith("attn.x_r")) {
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        for (char kind : "rwkvag".toCharArray()) {
          together.writeBytes(all.get(name.substring(0, name.length() - 1) + kind).bytes());
        }
        data = together.toByteArray();
        shape = List.of(6L, 1L, (long) WIDTH);
      }
      boolean matrix = half && shape.size() == 2 && !name.endsWith("r_k");
      write(out, blinkName(name), shape, data, matrix);
    }
    // Stored for the first layer too, though nothing uses it.
    write(out, "blocks.0.att.v0", List.of(1L, 1L, (long) WIDTH), new byte[2 * WIDTH], false);
    return out.toByteArray();
  }

  private static void write(
      ByteArrayOutputStream out, String name, List<Long> shape, byte[] bfloats, boolean half) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    ints(out, shape.size(), key.length, half ? 1 : 0);
    for (int i = shape.size() - 1; i >= 0; i--) {
      ints(out, shape.get(i).intValue());
    }
    out.writeBytes(key);
    ByteBuffer from = ByteBuffer.wrap(bfloats).order(ByteOrder.LITTLE_ENDIAN);
    int count = bfloats.length / 2;
    ByteBuffer to = ByteBuffer.allocate(count * (half ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      float value = Float.intBitsToFloat(from.getShort() << 16);
      if (half) {
        to.putShort(toHalf(value));
      } else {
        to.putFloat(value);
      }
    }
    out.writeBytes(to.array());
  }

  /** Exact for the golden's numbers: bfloat16 has fewer digits, only tiny ones get lost. */
  private static short toHalf(float value) {
    int bits = Float.floatToIntBits(value);
    int exponent = (bits >>> 23 & 0xff) - 127 + 15;
    int sign = bits >>> 16 & 0x8000;
    if (exponent <= 0) {
      int shift = 14 - exponent;
      return (short) (shift > 24 ? sign : sign | (bits & 0x7fffff | 0x800000) >>> shift);
    }
    return (short) (sign | exponent << 10 | (bits & 0x7fffff) >>> 13);
  }

  private static String blinkName(String name) {
    String[][] parts = {
      {"model.embeddings.", "emb."},
      {"lm_head.", "head."},
      {"model.norm.", "ln_out."},
      {"model.layers.", "blocks."},
      {".pre_norm.", ".ln0."},
      {".attn_norm.", ".ln1."},
      {".ffn_norm.", ".ln2."},
      {".attn.x_r", ".att.x_rwkvag"},
      {".attn.r_proj.", ".att.receptance."},
      {".attn.k_proj.", ".att.key."},
      {".attn.v_proj.", ".att.value."},
      {".attn.o_proj.", ".att.output."},
      {".attn.g_norm.", ".att.ln_x."},
      {"_lora.lora.0.weight", "1"},
      {"_lora.lora.2.weight", "2"},
      {"_lora.lora.2.bias", "0"},
      {".attn.", ".att."}
    };
    for (String[] part : parts) {
      name = name.replace(part[0], part[1]);
    }
    return name;
  }

  private static void ints(ByteArrayOutputStream out, int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putInt(value);
    }
    out.writeBytes(buffer.array());
  }
}
