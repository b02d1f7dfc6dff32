package io.github.smoothreading.summary;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link Summarizer} made of one chunk, before its clues are looked up in the text.
 *
 * @param clues the clues as written, in order of first appearance
 * @param dropped clues of earlier rounds that no longer fit into the round's budget
 * @param reason the justification
 * @param action the choice
 * @param stopProbability probability of {@link Action#STOP} against {@link Action#READ}, 0 to 1
 * @param trouble what was wrong with the round as the model wanted it, if anything
 */
public record Summary(
    List<String> clues,
    List<String> dropped,
    String reason,
    Action action,
    double stopProbability,
    Optional<String> trouble) {
  public Summary {
    clues = List.copyOf(clues);
    dropped = List.copyOf(dropped);
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(trouble, "trouble");
  }
}
