package io.github.smoothreading.benchmarks;

import io.github.smoothreading.backend.Limits;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.state.ReadingState;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Steps without rounds, timed. */
final class Feeding {
  private static final int[] NONE = {};

  private Feeding() {}

  /** Seconds to feed the chunks one after the other to a fresh state. */
  static double seconds(ReadingBackend backend, List<int[]> chunks) {
    int window = backend.model().window();
    try (ReadingState state = backend.newState(window, 2 * backend.model().round())) {
      long begun = System.nanoTime();
      for (int[] chunk : chunks) {
        backend.advance(Step.feed(state, chunk, limits(0)));
      }
      return (System.nanoTime() - begun) / 1e9;
    }
  }

  /**
   * Seconds to feed {@code append} and then to generate so many tokens, one forward pass each: no
   * draft, nothing to look up, no token that ends it.
   */
  static double seconds(ReadingBackend backend, ReadingState state, int[] append, int generate) {
    long begun = System.nanoTime();
    backend.advance(new Step(state, append, NONE, NONE, limits(generate)));
    return (System.nanoTime() - begun) / 1e9;
  }

  private static Limits limits(int maxTokens) {
    return new Limits(maxTokens, Set.of(), NONE, () -> false);
  }

  /**
   * Token ids without meaning, the same in every run; ids below 256 are left out as control tokens
   * lie there.
   */
  static int[] tokens(int count) {
    return new Random(1).ints(count, 256, 32_000).toArray();
  }
}
