package io.github.smoothreading.lucene;

/** How the gathered passages become readings. */
public enum ReadingStrategy {
  /** One reading over all documents: the memory spans them, and clues from several can meet. */
  ACROSS_DOCUMENTS,
  /**
   * One reading for each document, best first, each with a memory of its own; the first that
   * answers ends it.
   */
  EACH_DOCUMENT
}
