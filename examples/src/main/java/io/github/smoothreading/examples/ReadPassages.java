package io.github.smoothreading.examples;

import io.github.smoothreading.Reading;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.TextSource;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads several documents in order as one source; each clue names the document it stands in. */
public final class ReadPassages {
  private ReadPassages() {}

  /** Takes a question and files. */
  public static void main(String[] args) throws Exception {
    String question = args[0];
    // tag::passages[]
    List<Part> parts = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      Path file = Path.of(args[i]);
      String text = Files.readString(file);
      // The model sees the header; it counts neither for places nor for coverage.
      String header = "Document " + i + ": " + file.getFileName();
      parts.add(new Part(file.toString(), header, text.length(), () -> new StringReader(text)));
    }
    try (SmoothReader reader = SmoothReader.open()) {
      Reading reading = reader.read(TextSource.ofParts(parts), question);
      reading.clues().forEach(clue -> System.out.println(clue.place() + " " + clue.text()));
    }
    // end::passages[]
  }
}
