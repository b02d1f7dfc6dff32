package io.github.smoothreading.summary;

import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * What a {@link Summarizer} is asked to do in one reading.
 *
 * @param question the question
 * @param mode what to keep between chunks
 * @param window W in tokens
 * @param round R in tokens: the most that a round may take, its target not counted
 * @param answerTokens most tokens of the answer
 * @param strict whether every new clue has to be a quotation of the chunk
 * @param interrupt asked often; once true, the summarizer stops with {@link
 *     InterruptedRoundException}
 */
public record Inquiry(
    String question,
    ReadingMode mode,
    int window,
    int round,
    int answerTokens,
    boolean strict,
    BooleanSupplier interrupt) {
  public Inquiry {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(interrupt, "interrupt");
  }
}
