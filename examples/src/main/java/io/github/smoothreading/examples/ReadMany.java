package io.github.smoothreading.examples;

import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.text.TextSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads several files at once; their steps share the model's forward passes. */
public final class ReadMany {
  private ReadMany() {}

  /** Takes a question and files. */
  public static void main(String[] args) {
    String question = args[0];
    List<Path> files = Arrays.stream(args).skip(1).map(Path::of).toList();
    // tag::many[]
    try (SmoothReader reader = SmoothReader.open()) {
      List<CompletableFuture<Reading>> readings =
          files.stream()
              .map(file -> reader.start(TextSource.of(file), question, ReadingOptions.DEFAULTS))
              .map(task -> task.future())
              .toList();
      for (CompletableFuture<Reading> reading : readings) {
        System.out.println(reading.join().answer().orElse("none"));
      }
    }
    // end::many[]
  }
}
