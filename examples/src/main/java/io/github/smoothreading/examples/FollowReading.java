package io.github.smoothreading.examples;

import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.ReadingTask;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.text.TextSource;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Follows a reading event by event while it goes on. */
public final class FollowReading {
  private FollowReading() {}

  /** Takes a file and a question. */
  public static void main(String[] args) {
    TextSource source = TextSource.of(Path.of(args[0]));
    String question = args[1];
    // tag::events[]
    try (SmoothReader reader = SmoothReader.open()) {
      ReadingTask task = reader.start(source, question, ReadingOptions.DEFAULTS);
      try (Stream<ReadingEvent> events = task.events()) {
        events.forEach(
            event -> {
              if (event instanceof ReadingEvent.ChunkRead chunk) {
                System.out.printf("chunk %d, %d characters%n", chunk.index(), chunk.charsRead());
              } else if (event instanceof ReadingEvent.ClueFound found) {
                System.out.println("clue: " + found.clue().text());
              } else if (event instanceof ReadingEvent.Finished finished) {
                System.out.println("answer: " + finished.reading().answer().orElse("none"));
              }
            });
      }
    }
    // end::events[]
  }
}
