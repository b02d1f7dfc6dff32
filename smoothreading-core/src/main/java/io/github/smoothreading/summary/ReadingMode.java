package io.github.smoothreading.summary;

/** The three ways to read: what is kept between two chunks. */
public enum ReadingMode {
  /** The state is carried from chunk to chunk; only the next chunk is fed. */
  KEPT,
  /** The state is thrown away after each chunk; question, last round and next chunk are fed. */
  DROPPED,
  /** The whole text is fed; a single round is written after it. */
  ONE_ROUND
}
