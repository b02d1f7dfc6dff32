package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.smoothreading.backend.ReadingBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RWKV-7 gives the logits of other implementations, whatever the file format and the pieces. */
class RwkvGoldenTest {
  @TempDir Path temp;

  /** The public tiny model of rwkv.cpp; it is not part of this repository. */
  private static final Path TINY = Path.of(System.getProperty("rwkv.tiny", "rwkv-tiny"));

  @ParameterizedTest
  @EnumSource(RwkvFiles.Form.class)
  void equalsThePackageRwkv(RwkvFiles.Form form) throws IOException {
    Path expected = TestModels.golden("rwkv7").resolve("expected.safetensors");
    int[] tokens = GoldenTest.tokens(expected);
    float[] logits = GoldenTest.floats(expected, "logits");
    Random random = TestModels.seeded("equalsThePackageRwkv " + form);
    try (ReadingBackend backend = TestModels.open(RwkvFiles.folder(temp, form))) {
      for (int longest : new int[] {tokens.length, 1, 40, 7}) {
        float[] got = read(backend, tokens, longest, random);
        assertThat(error(got, logits)).as("relative error, %d", longest).isLessThan(1e-4f);
      }
    }
  }

  /**
   * Steps of one token are the recurrence itself; the blocks of all other lengths must equal it.
   */
  @Test
  void piecesOfEveryLengthEqualSingleTokens() throws IOException {
    int[] tokens = GoldenTest.tokens(TestModels.golden("rwkv7").resolve("expected.safetensors"));
    try (ReadingBackend backend = TestModels.open(TestModels.folder(temp, "rwkv7"))) {
      float[] single = read(backend, tokens, 1, null);
      for (int length : new int[] {2, 3, 7, 15, 16, 17, 31, 32, 33, 34, 48, 63, 64, 65, 66, 100}) {
        assertThat(error(read(backend, tokens, length, null), single))
            .as("relative error in pieces of %d", length)
            .isLessThan(1e-5f);
      }
    }
  }

  /** The sums of differences that rwkv.cpp's own test allows, serial and in one sequence. */
  @ParameterizedTest
  @CsvSource({"FP32, 0.001", "FP16, 0.005766"})
  void publicTinyModel(String type, float most) throws IOException {
    Path file = TINY.resolve("tiny-rwkv-7v0-834K-" + type + ".bin");
    assumeThat(file).as("-Drwkv.tiny=folder of rwkv.cpp's tests").exists();
    Files.copy(file, temp.resolve("model.bin"));
    Files.write(temp.resolve("tokenizer.json"), TestModels.tokenizer(11));
    float[] expected = new float[256];
    ByteBuffer.wrap(Files.readAllBytes(TINY.resolve("expected-logits-7v0-834K.bin")))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(expected);
    try (ReadingBackend backend = TestModels.open(temp)) {
      for (int longest : new int[] {1, 3}) {
        float[] got = read(backend, new int[] {'"', 'i', 'n'}, longest, null);
        float sum = 0;
        float worst = 0;
        for (int i = 0; i < 256; i++) {
          float difference = got[512 + i] - expected[i];
          sum += difference;
          worst = Math.max(worst, Math.abs(difference));
        }
        System.out.printf("%s by %d: sum %.6f, largest %.7f%n", type, longest, sum, worst);
        assertThat(Math.abs(sum)).as("sum of differences").isLessThanOrEqualTo(most);
        assertThat(worst).as("largest difference").isLessThan(1e-4f);
      }
    }
  }

  /** Logits after every token, read in pieces of {@code longest}, or random up to that. */
  private static float[] read(
      ReadingBackend backend,
      int[] tokens,
      int longest,
      @org.jspecify.annotations.Nullable Random random) {
    LoadedModel model = ((DjlBackend) backend).loaded();
    int vocabulary = model.config().vocabulary();
    float[] all = new float[tokens.length * vocabulary];
    try (DecoderState state = model.newState(backend, 32, 8)) {
      for (int at = 0; at < tokens.length; ) {
        int n = random == null || longest == tokens.length ? longest : 1 + random.nextInt(longest);
        int[] piece = Arrays.copyOfRange(tokens, at, Math.min(tokens.length, at + n));
        float[] got =
            model.call(
                decoder -> {
                  float[] logits = decoder.logits(state.row(decoder, piece, 0, TestModels.NONE));
                  state.advance(piece.length);
                  return logits;
                });
        System.arraycopy(got, 0, all, at * vocabulary, got.length);
        at += piece.length;
      }
    }
    return all;
  }

  private static float error(float[] got, float[] expected) {
    float most = 0;
    float worst = 0;
    for (int i = 0; i < expected.length; i++) {
      most = Math.max(most, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(got[i] - expected[i]));
    }
    return worst / most;
  }
}
