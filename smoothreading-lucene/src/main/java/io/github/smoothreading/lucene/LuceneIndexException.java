package io.github.smoothreading.lucene;

/**
 * An index that cannot be read, or not in the way that was asked for. The message says what was
 * found and what to do.
 */
public final class LuceneIndexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LuceneIndexException(String message) {
    super(message);
  }

  LuceneIndexException(String message, Throwable cause) {
    super(message, cause);
  }
}
