package io.github.smoothreading.summary;

import java.util.List;
import java.util.Objects;

/**
 * One contextual summary: what the model wrote after one chunk.
 *
 * @param index which round of the reading, from 0
 * @param target the question, restated so that it never leaves the window
 * @param clues the clues that this round shows, in order of first appearance
 * @param reason the model's short justification of this round
 * @param action what the model chose, before any {@code StopPolicy}
 * @param stopProbability probability of {@link Action#STOP} against {@link Action#READ}, 0 to 1
 */
public record Round(
    int index,
    String target,
    List<Clue> clues,
    String reason,
    Action action,
    double stopProbability) {
  public Round {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(action, "action");
    clues = List.copyOf(clues);
  }
}
