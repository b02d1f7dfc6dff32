package io.github.smoothreading.model.smollm2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.BackendProvider;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Limits;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.ResourceModel;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.state.ReadingState;
import java.io.InputStream;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Read in steps of odd sizes, the default model says what transformers say of the whole text in one
 * pass under the window's mask; see make_reader_expected.py.
 */
class WindowParityTest {
  private static final int[] NONE = {};

  record Expected(
      int window,
      float largestLogit,
      int[] tokens,
      int[] steps,
      int[] probes,
      int[] best,
      float[] margin,
      float[][] logProbabilities) {}

  /** How far a reading is from what is expected, at most. */
  record Distance(float logProbability, float margin) {}

  private static Expected expected;
  private static ReadingBackend backend;

  @BeforeAll
  static void open() throws Exception {
    try (InputStream in = WindowParityTest.class.getResourceAsStream("/goldens/window-2048.json")) {
      expected =
          new ObjectMapper()
              .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .readValue(in, Expected.class);
    }
    BackendOptions options = BackendOptions.builder().compute(Compute.FP32).build();
    BackendProvider provider = ServiceLoader.load(BackendProvider.class).iterator().next();
    backend = provider.open(new SmolLm2().folder(ResourceModel.defaultCache()), options);
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  @Test
  void stepsEqualOnePassOverTheWholeText() {
    Distance distance = distance(expected.window(), true);
    System.out.printf(
        "%d steps: log-probabilities differ by at most %.2g, margins by %.2g; bound %.2g%n",
        expected.steps().length, distance.logProbability(), distance.margin(), bound());
    assertThat(distance.logProbability())
        .as("largest difference of log-probabilities")
        .isLessThanOrEqualTo(bound());
    // A margin is the difference of two logits.
    assertThat(distance.margin())
        .as("largest difference of margins")
        .isLessThanOrEqualTo(2 * bound());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void aWindowOffByOneTokenMissesByFar(int off) {
    Distance distance = distance(expected.window() + off, false);
    System.out.printf(
        "window %d: log-probabilities differ by up to %.2g, %.0f times the bound%n",
        expected.window() + off, distance.logProbability(), distance.logProbability() / bound());
    assertThat(distance.logProbability()).isGreaterThanOrEqualTo(100 * bound());
  }

  private static float bound() {
    return 3e-5f * expected.largestLogit();
  }

  private static Distance distance(int window, boolean exact) {
    Limits one = new Limits(1, Set.of(), expected.probes(), () -> false);
    float worst = 0;
    float worstMargin = 0;
    try (ReadingState state = backend.newState(window, 0)) {
      int at = 0;
      for (int i = 0; i < expected.steps().length; i++) {
        int[] tokens = Arrays.copyOfRange(expected.tokens(), at, at + expected.steps()[i]);
        Generation got = backend.advance(new Step(state, tokens, NONE, NONE, one));
        at += tokens.length;
        assertThat(state.position()).isEqualTo(at);
        if (exact && expected.margin()[i] > 2 * bound()) {
          assertThat(got.tokens()[0]).as("best token after %d", at).isEqualTo(expected.best()[i]);
        }
        for (int p = 0; p < expected.probes().length; p++) {
          float difference = got.probes()[0][p] - expected.logProbabilities()[i][p];
          worst = Math.max(worst, Math.abs(difference));
        }
        worstMargin = Math.max(worstMargin, Math.abs(got.margins()[0] - expected.margin()[i]));
      }
      assertThat(at).isGreaterThan(2 * window);
    }
    return new Distance(worst, worstMargin);
  }
}
