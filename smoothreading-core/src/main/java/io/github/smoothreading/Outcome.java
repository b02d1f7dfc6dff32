package io.github.smoothreading;

/** How a reading ended. */
public sealed interface Outcome {
  /**
   * The model answered.
   *
   * @param text the answer
   * @param early whether text was left unread because the answer was there
   * @param probability of stopping at that point, 0 to 1; 1 after the last chunk
   */
  record Answered(String text, boolean early, double probability) implements Outcome {}

  /** Everything was read, and the text does not answer the question. */
  record NotFound() implements Outcome {}

  /** The caller's limit ended the reading; the clues so far are in it. */
  record Ended(Cause cause) implements Outcome {}

  /** The reading broke off; the clues so far are in it. */
  record Failed(RuntimeException error) implements Outcome {}

  /** Which limit ended a reading. */
  enum Cause {
    /** {@link ReadingTask#cancel()}, or the reading thread was interrupted. */
    CANCEL,
    /** {@link ReadingOptions#deadline()}. */
    DEADLINE,
    /** {@link ReadingOptions#tokenBudget()}. */
    BUDGET
  }
}
