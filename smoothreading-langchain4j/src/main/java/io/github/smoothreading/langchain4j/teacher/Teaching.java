package io.github.smoothreading.langchain4j.teacher;

import java.time.Duration;

/** What came of one task. */
public sealed interface Teaching {
  /** What it took. */
  Cost cost();

  /**
   * The reading passes all rules.
   *
   * @param reading what a reader can be trained on; its answer is the given one
   * @param answer the teacher's own words for it
   * @param chunkTokens the chunk size it was read with, in tokens
   * @param cost what it took
   */
  record Accepted(TrainingReading reading, String answer, int chunkTokens, Cost cost)
      implements Teaching {}

  /**
   * The teacher's work breaks a rule.
   *
   * @param rule which
   * @param detail with what, in words
   * @param cost what it took until then
   */
  record Refused(Rule rule, String detail, Cost cost) implements Teaching {}

  /**
   * The chat model threw an exception, or the thread was interrupted; says nothing about the task.
   *
   * @param cause the exception
   * @param cost what it took until then
   */
  record Failed(RuntimeException cause, Cost cost) implements Teaching {}

  /** Why a reading is refused. */
  enum Rule {
    /** A reply was not of the asked form, also when asked again. */
    FORMAT,
    /** A new clue is not in its chunk; other white space alone is mended. */
    MISQUOTATION,
    /** The question, a clue, or all clues with the answer are longer than the trainer takes. */
    TOO_LONG,
    /** It stopped before the end without an answer, or where that is not allowed. */
    EARLY_STOP,
    /** The answer is another one. */
    WRONG_ANSWER,
    /** It says that the text does not answer, which it does. */
    MISSED,
    /** It answers though the text does not. */
    INVENTED,
    /** The answer is right, but no clue says where it is from. */
    WITHOUT_CLUE,
    /** It noted clues for a question that the text does not answer. */
    NEEDLESS_CLUE
  }

  /**
   * What a reading took.
   *
   * @param requests requests to the chat model
   * @param inputTokens tokens sent, as the chat model counts them, else measured by the encoder
   * @param outputTokens tokens written
   * @param time from beginning to end
   */
  record Cost(int requests, long inputTokens, long outputTokens, Duration time) {
    static final Cost NONE = new Cost(0, 0, 0, Duration.ZERO);

    Cost plus(Cost other) {
      return new Cost(
          requests + other.requests,
          inputTokens + other.inputTokens,
          outputTokens + other.outputTokens,
          time.plus(other.time));
    }
  }
}
