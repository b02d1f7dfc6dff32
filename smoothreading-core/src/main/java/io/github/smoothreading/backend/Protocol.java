package io.github.smoothreading.backend;

import java.util.Set;

/**
 * The reserved token ids between text and round.
 *
 * <p>Each is a control token that the base tokenizer has and that encoding a text never yields, so
 * no document can forge one, and the choice between {@code read} and {@code stop} is the
 * probability of a single token.
 *
 * @param question in front of the question
 * @param text in front of a chunk
 * @param notes in front of a round's target
 * @param lastNotes the same after the last chunk
 * @param clues in front of the clues
 * @param separator between two clues
 * @param reason in front of the reason
 * @param read action: give me the next chunk
 * @param stop action: the answer follows
 * @param notFound in place of an answer: the text does not answer the question
 * @param end behind the answer
 */
public record Protocol(
    int question,
    int text,
    int notes,
    int lastNotes,
    int clues,
    int separator,
    int reason,
    int read,
    int stop,
    int notFound,
    int end) {
  public Protocol {
    Set<Integer> distinct =
        Set.copyOf(
            java.util.List.of(
                    question, text, notes, lastNotes, clues, separator, reason, read, stop,
                    notFound, end)
                .stream()
                .distinct()
                .toList());
    if (distinct.size() != 11) {
      throw new IllegalArgumentException(
          "the protocol needs eleven different token ids, but only %d are: %s"
              .formatted(distinct.size(), distinct));
    }
  }

  /** All eleven ids. */
  public Set<Integer> ids() {
    return Set.of(
        question, text, notes, lastNotes, clues, separator, reason, read, stop, notFound, end);
  }
}
