package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of 8 bits give what the same numbers in 32 bits give. */
class QuantizedTest {
  @TempDir Path temp;

  @Test
  void eightBitsEqualTheirFloats() throws IOException {
    Path bits = TestModels.folder(temp.resolve("bits"), "llama-tied");
    Path floats = TestModels.folder(temp.resolve("floats"), "llama-tied");
    Path source = TestModels.golden("llama-tied").resolve("model.safetensors");
    Map<String, TestModels.Tensor> quantized = new HashMap<>();
    Map<String, TestModels.Tensor> dense = new HashMap<>();
    byte[] file = Files.readAllBytes(source);
    for (StoredTensor tensor : SafetensorsHeader.read(source).values()) {
      if (tensor.shape().size() == 2) {
        quantize(tensor, file, quantized, dense);
      }
    }
    TestModels.rewrite(source, bits.resolve("model.safetensors"), quantized);
    TestModels.rewrite(source, floats.resolve("model.safetensors"), dense);
    int[] tokens = TestModels.random(new Random(5), 100, 160);
    Generation expected = generation(floats, Compute.FP32, tokens);
    Generation got = generation(bits, Compute.FP32, tokens);
    assertThat(got.tokens()).isEqualTo(expected.tokens());
    assertThat(got.margins()).isEqualTo(expected.margins());
    assertThat(generation(bits, Compute.AUTO, tokens).tokens()).hasSize(12);
    assertThat(generation(bits, Compute.BF16, tokens).tokens()).hasSize(12);
    assertThat(generation(bits, Compute.INT8, tokens).tokens()).hasSize(12);
  }

  private static Generation generation(Path folder, Compute compute, int[] tokens) {
    try (ReadingBackend backend =
            new DjlBackendProvider().open(folder, TestModels.options(compute));
        ReadingState state = backend.newState(32, 8)) {
      return TestModels.generate(backend, state, tokens, 12);
    }
  }

  private static void quantize(
      StoredTensor tensor,
      byte[] file,
      Map<String, TestModels.Tensor> quantized,
      Map<String, TestModels.Tensor> dense) {
    int rows = tensor.shape().get(0).intValue();
    int columns = tensor.shape().get(1).intValue();
    ByteBuffer values =
        ByteBuffer.wrap(file, (int) tensor.offset(), (int) tensor.bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = new byte[rows * columns];
    ByteBuffer scales = ByteBuffer.allocate(4 * rows).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer wide = ByteBuffer.allocate(4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (int r = 0; r < rows; r++) {
      float[] row = new float[columns];
      float most = 1e-8f;
      for (int c = 0; c < columns; c++) {
        row[c] = values.getFloat();
        most = Math.max(most, Math.abs(row[c]));
      }
      float scale = most / 127;
      scales.putFloat(scale);
      for (int c = 0; c < columns; c++) {
        int q = Math.round(row[c] / scale);
        bytes[r * columns + c] = (byte) q;
        wide.putFloat(q * scale);
      }
    }
    quantized.put(tensor.name(), new TestModels.Tensor("I8", tensor.shape(), bytes));
    quantized.put(
        tensor.name() + "_scale",
        new TestModels.Tensor("F32", List.of((long) rows), scales.array()));
    dense.put(tensor.name(), new TestModels.Tensor("F32", tensor.shape(), wide.array()));
  }
}
