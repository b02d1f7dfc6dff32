package io.github.smoothreading;

/**
 * Is told what happens in a reading, on the thread that reads; what it throws is logged and
 * ignored.
 */
@FunctionalInterface
public interface ReadingListener {
  /** Something happened. */
  void on(ReadingEvent event);
}
