package io.github.smoothreading.examples;

import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.text.TextSource;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Saves a reading after each round, and goes on from there when the program was ended and is
 * started again.
 */
public final class ResumeReading {
  private ResumeReading() {}

  /** Takes a file and a question. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    String question = args[1];
    // tag::resume[]
    Path checkpoint = Path.of(file + ".reading");
    ReadingOptions options = ReadingOptions.builder().checkpoint(checkpoint).build();
    try (SmoothReader reader = SmoothReader.open()) {
      TextSource source = TextSource.of(file);
      Reading reading =
          Files.exists(checkpoint)
              ? reader.resume(checkpoint, source, options)
              : reader.read(source, question, options);
      Files.deleteIfExists(checkpoint);
      System.out.println(reading.answer().orElse("none"));
    }
    // end::resume[]
  }
}
