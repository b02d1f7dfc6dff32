package io.github.smoothreading;

import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.Round;
import java.nio.file.Path;

/** Something that happened in a reading. */
public sealed interface ReadingEvent {
  /** The reading begins. */
  record Started(Plan plan) implements ReadingEvent {}

  /** Something is allowed but unwise; {@code message} says what and what to do. */
  record Warned(String message) implements ReadingEvent {}

  /**
   * A chunk was read.
   *
   * @param index of the chunk, from 0
   * @param tokens its length
   * @param charsRead UTF-16 code units read so far
   * @param charsTotal UTF-16 code units of all parts
   * @param usage what it has cost so far
   */
  record ChunkRead(int index, int tokens, long charsRead, long charsTotal, Usage usage)
      implements ReadingEvent {}

  /** A round was written. */
  record RoundWritten(Round round) implements ReadingEvent {}

  /** A clue appeared for the first time. */
  record ClueFound(Clue clue) implements ReadingEvent {}

  /** A clue no longer fits into the rounds; {@link Reading#clues()} keeps it. */
  record ClueLeft(Clue clue) implements ReadingEvent {}

  /** The model wanted to leave the format of a round, or a quotation, and was not let. */
  record RoundRepaired(int index, String problem) implements ReadingEvent {}

  /** The reading can be resumed from {@code file}. */
  record CheckpointWritten(Path file) implements ReadingEvent {}

  /** The reading is over. */
  record Finished(Reading reading) implements ReadingEvent {}
}
