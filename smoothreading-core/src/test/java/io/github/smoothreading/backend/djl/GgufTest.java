package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GGUF weights: block formats, rotary order, and damaged files. */
class GgufTest {
  @TempDir Path temp;
  private Path file;
  private ModelConfig config;

  @BeforeEach
  void prepare() {
    file = temp.resolve("model.gguf");
    config = ModelConfig.read(TestModels.golden("llama-tied"));
  }

  private static void text(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putLong(bytes.length).put(bytes);
  }

  /** A file with one tensor of the given type, [rows][columns]. */
  private static byte[] gguf(
      String name, int type, long columns, long rows, long offset, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x46554747).putInt(3).putLong(1).putLong(2);
    text(out, "general.name");
    out.putInt(8);
    text(out, "x");
    text(out, "a.list");
    out.putInt(9).putInt(4).putLong(3).putInt(1).putInt(2).putInt(3);
    text(out, name);
    out.putInt(2).putLong(columns).putLong(rows).putInt(type).putLong(offset);
    out.position((out.position() + 31) / 32 * 32);
    out.put(data);
    return Arrays.copyOf(out.array(), out.position());
  }

  private float[] floats(String name, String gguf, int type, long columns, long rows, byte[] data)
      throws IOException {
    Files.write(file, gguf(gguf, type, columns, rows, 0, data));
    try (Gguf source = Gguf.open(file, config)) {
      StoredTensor tensor = source.tensors().get(name);
      assertThat(tensor.shape()).containsExactly(rows, columns);
      ByteBuffer bytes = source.bytes(tensor);
      float[] values = new float[bytes.remaining() / 4];
      bytes.asFloatBuffer().get(values);
      return values;
    }
  }

  @Test
  void blockFormats() throws IOException {
    ByteBuffer q4 = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    q4.putShort((short) 0x3800).putShort((short) 0xC000); // 0.5, -2
    for (int i = 0; i < 16; i++) {
      q4.put((byte) (i | (15 - i) << 4));
    }
    float[] got = floats("model.embed_tokens.weight", "token_embd.weight", 3, 32, 1, q4.array());
    for (int i = 0; i < 16; i++) {
      assertThat(got[i]).isEqualTo(0.5f * i - 2);
      assertThat(got[16 + i]).isEqualTo(0.5f * (15 - i) - 2);
    }
    ByteBuffer q8 = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
    q8.putShort((short) 0x0001); // the smallest positive half
    for (int i = 0; i < 32; i++) {
      q8.put((byte) (i - 16));
    }
    got = floats("model.norm.weight", "output_norm.weight", 8, 32, 1, q8.array());
    assertThat(got[0]).isEqualTo(-16 * 0x1p-24f);
    assertThat(got[31]).isEqualTo(15 * 0x1p-24f);
  }

  @Test
  void rotaryHalvesAreTakenApart() throws IOException {
    // 6 heads of width 8: within a head the rows stand as 0 4 1 5 2 6 3 7.
    ByteBuffer rows = ByteBuffer.allocate(48 * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int head = 0; head < 6; head++) {
      for (int i = 0; i < 8; i++) {
        rows.putFloat(8 * head + i / 2 + (i % 2) * 4);
      }
    }
    float[] got =
        floats(
            "model.layers.0.self_attn.q_proj.weight",
            "blk.0.attn_q.weight",
            0,
            1,
            48,
            rows.array());
    for (int i = 0; i < 48; i++) {
      assertThat(got[i]).isEqualTo(i);
    }
  }

  private void requireRefused(byte[] bytes, String message) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> Gguf.open(file, config).close())
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("model.gguf")
        .hasMessageContaining(message);
  }

  @Test
  void damagedFiles() throws IOException {
    byte[] good = gguf("output_norm.weight", 0, 4, 2, 0, new byte[32]);
    requireRefused(Arrays.copyOf(good, good.length - 1), "cut short");
    requireRefused(Arrays.copyOf(good, 60), "cut short");
    requireRefused("no gguf at all".getBytes(StandardCharsets.UTF_8), "does not start like");
    requireRefused(gguf("output_norm.weight", 2, 4, 2, 0, new byte[32]), "format 2");
    requireRefused(gguf("output_norm.weight", 8, 4, 2, 0, new byte[32]), "whole blocks");
    requireRefused(gguf("output_norm.weight", 0, 4, 2, -32, new byte[32]), "cut short");
    requireRefused(gguf("output_norm.weight", 0, Long.MAX_VALUE, 2, 0, new byte[32]), "impossible");
    byte[] many = good.clone();
    many[15] = 0x40;
    requireRefused(many, "announces");
  }
}
