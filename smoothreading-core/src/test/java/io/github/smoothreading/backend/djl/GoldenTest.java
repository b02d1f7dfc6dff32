package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.backend.ReadingBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading in pieces gives the logits of one full forward pass under the window's mask. */
class GoldenTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"llama-tied", "llama-untied", "qwen2-tied", "qwen2-untied"})
  void chunkedEqualsFullPass(String name) throws IOException {
    Path expected = TestModels.golden(name).resolve("expected.safetensors");
    int[] tokens = tokens(expected);
    float[] logits = floats(expected, "logits");
    int window = (int) bytes(expected, "window").getLong();
    int vocabulary = logits.length / tokens.length;
    float most = 0;
    for (float logit : logits) {
      most = Math.max(most, Math.abs(logit));
    }
    Random random = TestModels.seeded("chunkedEqualsFullPass " + name);
    try (ReadingBackend backend = TestModels.open(TestModels.folder(temp, name))) {
      for (int round = 0; round < 5; round++) {
        // With few slots to spare the window moves with nearly every piece.
        LoadedModel model = ((DjlBackend) backend).loaded();
        int slots = round == 0 ? tokens.length : window + round + 40;
        try (DecoderState state = model.newState(backend, window, round, slots)) {
          float worst = 0;
          for (int at = 0; at < tokens.length; ) {
            int n =
                Math.min(tokens.length - at, round == 0 ? tokens.length : 1 + random.nextInt(40));
            int[] piece = Arrays.copyOfRange(tokens, at, at + n);
            float[] got =
                model.call(
                    decoder -> {
                      float[] all = decoder.logits(state.row(decoder, piece, 0, new int[0]));
                      state.advance(piece.length);
                      return all;
                    });
            for (int i = 0; i < got.length; i++) {
              worst = Math.max(worst, Math.abs(got[i] - logits[at * vocabulary + i]));
            }
            at += n;
          }
          assertThat(worst).as("largest difference").isLessThan(3e-5f * most);
        }
      }
    }
  }

  static int[] tokens(Path expected) throws IOException {
    ByteBuffer buffer = bytes(expected, "tokens");
    int[] tokens = new int[buffer.remaining() / Long.BYTES];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) buffer.getLong();
    }
    return tokens;
  }

  static float[] floats(Path file, String name) throws IOException {
    ByteBuffer buffer = bytes(file, name);
    float[] values = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer bytes(Path file, String name) throws IOException {
    StoredTensor tensor = SafetensorsHeader.read(file).get(name);
    return ByteBuffer.wrap(Files.readAllBytes(file), (int) tensor.offset(), (int) tensor.bytes())
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
