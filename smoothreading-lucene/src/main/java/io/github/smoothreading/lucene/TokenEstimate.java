package io.github.smoothreading.lucene;

import java.util.function.ToIntFunction;

/**
 * Lengths in tokens, mostly estimated: counting exactly takes longer than the whole search. The
 * first texts and every eighth one from then on are counted, the others taken to have as many
 * tokens per character as the densest of those.
 */
final class TokenEstimate {
  private static final int FIRST = 4;
  private static final int EVERY = 8;

  private final ToIntFunction<String> counter;
  private double densest;
  private int asked;

  TokenEstimate(ToIntFunction<String> counter) {
    this.counter = counter;
  }

  int of(String text) {
    int number = asked++;
    if (number >= FIRST && number % EVERY != 0) {
      return (int) Math.ceil(densest * text.length());
    }
    int tokens = counter.applyAsInt(text);
    densest = Math.max(densest, (double) tokens / Math.max(1, text.length()));
    return tokens;
  }
}
