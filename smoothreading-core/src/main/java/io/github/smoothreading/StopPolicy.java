package io.github.smoothreading;

import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.Round;
import java.util.Objects;

/**
 * Decides after each round but the last whether to stop early.
 *
 * <p>Stopping early makes the cost depend on where the answer is, not on the length of the
 * document. Tasks that need the whole text (summaries, "list all ...") take {@link #never()}.
 */
@FunctionalInterface
public interface StopPolicy {
  /** Whether to ask for the answer now. */
  boolean stop(Round round);

  /** Stops when the model chooses to: the default. */
  static StopPolicy whenModelSays() {
    return round -> round.stopProbability() > 0.5;
  }

  /**
   * Stops when the model's probability of stopping is at least {@code threshold}.
   *
   * @param threshold 0 to 1
   */
  static StopPolicy atProbability(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "stop threshold %s is not between 0 and 1".formatted(threshold));
    }
    return round -> round.stopProbability() >= threshold;
  }

  /** Reads to the end, whatever the model says. */
  static StopPolicy never() {
    return round -> false;
  }

  /** This policy, but only while every clue of the round, and at least one, is verified. */
  default StopPolicy onlyWithVerifiedClues() {
    return round ->
        !round.clues().isEmpty() && round.clues().stream().allMatch(Clue::verified) && stop(round);
  }

  /** Stops only where both policies would. */
  default StopPolicy and(StopPolicy other) {
    Objects.requireNonNull(other, "other");
    return round -> stop(round) && other.stop(round);
  }
}
