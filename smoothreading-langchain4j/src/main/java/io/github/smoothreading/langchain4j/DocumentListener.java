package io.github.smoothreading.langchain4j;

import io.github.smoothreading.ReadingEvent;

/**
 * Is told what happens while documents are read, on the threads that read; what it throws is logged
 * and ignored.
 */
@FunctionalInterface
public interface DocumentListener {
  /**
   * Something happened.
   *
   * @param document the document's file name, URL or id in its metadata; {@code "document"} where
   *     it has none
   * @param event what happened
   */
  void on(String document, ReadingEvent event);
}
