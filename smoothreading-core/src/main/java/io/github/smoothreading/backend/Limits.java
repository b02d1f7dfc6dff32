package io.github.smoothreading.backend;

import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * When a generation ends.
 *
 * @param maxTokens most tokens to generate, the stop token included; 0 only feeds
 * @param stopTokens ids that end the generation; the one that did is its last token
 * @param probes ids whose log-probabilities are wanted at every generated token
 * @param interrupt asked between forward passes; once true, the step ends with what it has
 */
public record Limits(
    int maxTokens, Set<Integer> stopTokens, int[] probes, BooleanSupplier interrupt) {
  public Limits {
    stopTokens = Set.copyOf(stopTokens);
    Objects.requireNonNull(probes, "probes");
    Objects.requireNonNull(interrupt, "interrupt");
    if (maxTokens < 0) {
      throw new IllegalArgumentException("maxTokens %d is negative".formatted(maxTokens));
    }
  }

  /** These limits with another {@code maxTokens}. */
  public Limits withMaxTokens(int tokens) {
    return new Limits(tokens, stopTokens, probes, interrupt);
  }
}
