package io.github.smoothreading.examples;

import io.github.smoothreading.Reading;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.summary.Clue;
import java.nio.file.Path;

/** Reads a file for a question: the answer, the quotations it rests on, and how much was read. */
public final class ReadFile {
  private ReadFile() {}

  /** Takes a file and a question. */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    String question = args[1];
    // tag::read[]
    try (SmoothReader reader = SmoothReader.open()) {
      Reading reading = reader.read(file, question);

      System.out.println(reading.answer().orElse("The text does not answer this."));
      for (Clue clue : reading.clues()) {
        System.out.println(
            clue.place().map(Object::toString).orElse("unverified") + " " + clue.text());
      }
      System.out.printf("%.0f %% read%n", 100 * reading.coverage().share());
    }
    // end::read[]
  }
}
