package io.github.smoothreading;

import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.Round;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of reading a source for a question, whole or partial.
 *
 * @param question what was asked
 * @param outcome how it ended
 * @param clues all clues of all rounds, in order of first appearance, also those that later rounds
 *     no longer showed
 * @param rounds the rounds written
 * @param coverage what was read
 * @param usage what it cost
 * @param plan what was planned
 * @param time from the first chunk to the end
 */
public record Reading(
    String question,
    Outcome outcome,
    List<Clue> clues,
    List<Round> rounds,
    Coverage coverage,
    Usage usage,
    Plan plan,
    Duration time) {
  public Reading {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(outcome, "outcome");
    clues = List.copyOf(clues);
    rounds = List.copyOf(rounds);
  }

  /** The answer, if there is one. */
  public Optional<String> answer() {
    return outcome instanceof Outcome.Answered answered
        ? Optional.of(answered.text())
        : Optional.empty();
  }

  /** Whether text was left unread because the answer was there. */
  public boolean stoppedEarly() {
    return outcome instanceof Outcome.Answered answered && answered.early();
  }
}
