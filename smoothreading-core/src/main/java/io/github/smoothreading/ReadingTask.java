package io.github.smoothreading;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A reading under way in the background. */
public interface ReadingTask {
  /**
   * Completes with the reading; limits and failures of the model are outcomes, bad arguments are
   * exceptions.
   */
  CompletableFuture<Reading> future();

  /**
   * The events from the beginning on, ending with {@link ReadingEvent.Finished}; blocks while none
   * is there. For one caller; closing the stream does not end the reading.
   */
  Stream<ReadingEvent> events();

  /**
   * Ends the reading after the forward pass under way; the future then completes with what there
   * is.
   */
  void cancel();
}
