package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.state.ReadingState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** States of RWKV-7: forks, saved copies and rewound states, and one size for any length. */
class RwkvStateTest extends StateTest {
  private static final int LAYERS = 2;
  private static final int WIDTH = 192;
  private static final int HEAD = 64;

  @Override
  String model() {
    return "rwkv7";
  }

  /**
   * Forgotten tokens are replaced by feeding others again, in other blocks: the last bits differ.
   */
  @Override
  void requireSameMemory(Generation expected, Generation rewound) {
    for (int i = 0; i < expected.tokens().length; i++) {
      if (expected.tokens()[i] != rewound.tokens()[i]) {
        assertThat(expected.margins()[i]).isLessThan(1e-3f);
        return;
      }
      assertThat(rewound.probes()[i])
          .usingComparatorWithPrecision(2e-3f)
          .containsExactly(expected.probes()[i]);
    }
  }

  @Test
  void sizeIsTheFormulasAndStays() throws IOException {
    // A matrix per head and two shift vectors for each layer, four bytes a number.
    long memory = 4L * LAYERS * (WIDTH * HEAD + 2 * WIDTH);
    try (ReadingBackend backend = open(Compute.FP32);
        ReadingState state = backend.newState(100, 50)) {
      assertThat(backend.stateBytes(100)).isEqualTo(4 * memory).isEqualTo(backend.stateBytes(9999));
      Random random = TestModels.seeded("sizeIsTheFormulasAndStays");
      int largest = 0;
      for (int i = 0; i < 60; i++) {
        feed(backend, state, TestModels.random(random, 1 + random.nextInt(600), 160));
        int[] draft = TestModels.random(random, 10, 160);
        backend.advance(
            new io.github.smoothreading.backend.Step(
                state, new int[] {1}, draft, TestModels.NONE, TestModels.limits(12)));
        largest = Math.max(largest, saved(state).length);
      }
      assertThat(state.position()).isGreaterThan(10_000);
      // Beside the memories, a saved state holds the tokens since the oldest one.
      assertThat(largest).isBetween((int) (4 * memory), (int) (4 * memory) + 4 * 2000);
    }
  }

  @Test
  void rewindsInARowGoBackAsFarAsTheyMay() throws IOException {
    Random random = TestModels.seeded("rewindsInARowGoBackAsFarAsTheyMay");
    try (ReadingBackend backend = open(Compute.FP32)) {
      for (int round = 0; round < 8; round++) {
        try (ReadingState plain = backend.newState(24, 300);
            ReadingState rewound = backend.newState(24, 300)) {
          for (int i = 0; i < 6; i++) {
            int[] kept = TestModels.random(random, 1 + random.nextInt(900), 160);
            feed(backend, plain, kept);
            feed(backend, rewound, kept);
            int undone = 1 + random.nextInt(300);
            feed(backend, rewound, TestModels.random(random, undone, 160));
            int first = random.nextInt(undone + 1);
            rewound.rewind(first);
            try (ReadingState loaded =
                backend.loadState(new ByteArrayInputStream(saved(rewound)))) {
              loaded.rewind(undone - first);
              assertThat(loaded.position()).isEqualTo(plain.position());
            }
            rewound.rewind(undone - first);
          }
          int[] last = TestModels.random(random, 3, 160);
          requireSameMemory(
              TestModels.generate(backend, plain, last, 8),
              TestModels.generate(backend, rewound, last, 8));
        }
      }
    }
  }

  /** A short form of the benchmark over a million tokens. */
  @Test
  void longReadingKeepsItsNumbers() throws IOException {
    Random random = TestModels.seeded("longReadingKeepsItsNumbers");
    try (ReadingBackend backend = open(Compute.FP32);
        ReadingState state = backend.newState(24, 16)) {
      for (int i = 0; i < 40; i++) {
        feed(backend, state, TestModels.random(random, 512, 160));
        Generation got = TestModels.generate(backend, state, new int[] {i}, 2);
        for (int t = 0; t < 2; t++) {
          assertThat(got.margins()[t]).isFinite().isNotNegative();
          assertThat(got.probes()[t][0]).isFinite();
        }
      }
    }
  }
}
