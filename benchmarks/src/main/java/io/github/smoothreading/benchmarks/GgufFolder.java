package io.github.smoothreading.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A temporary model folder around a GGUF file, with configuration and tokenizer of another one. */
final class GgufFolder implements AutoCloseable {
  final Path folder;

  GgufFolder(Path gguf, Path model) throws IOException {
    folder = Files.createTempDirectory("gguf-model");
    for (String name : List.of("config.json", "tokenizer.json", "reader.json")) {
      if (Files.exists(model.resolve(name))) {
        Files.copy(model.resolve(name), folder.resolve(name));
      }
    }
    Files.createSymbolicLink(folder.resolve("model.gguf"), gguf.toAbsolutePath());
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
