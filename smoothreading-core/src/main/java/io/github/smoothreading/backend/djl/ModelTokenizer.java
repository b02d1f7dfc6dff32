package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** A tokenizer that keeps the protocol's ids out of texts. */
interface ModelTokenizer extends Tokenizer, AutoCloseable {
  /** The tokenizer's file in {@code folder}: {@code tokenizer.json}, else a World vocabulary. */
  static Path file(Path folder) {
    Path usual = folder.resolve("tokenizer.json");
    Path world = folder.resolve(WorldTokenizer.FILE);
    return Files.exists(world) && !Files.exists(usual) ? world : usual;
  }

  /** The tokenizer in {@code folder}. */
  static ModelTokenizer open(Path folder, int vocabulary) {
    Path file = file(folder);
    return file.endsWith(WorldTokenizer.FILE)
        ? WorldTokenizer.open(file, vocabulary)
        : HfTokenizer.open(folder, vocabulary);
  }

  /** Ids that no text encodes to, by name. */
  Map<String, Integer> reserved();

  /**
   * Takes {@code ids} for control tokens: they decode to nothing, and no text encodes to one.
   * Called before the tokenizer is shared.
   *
   * @param file names the origin in messages
   */
  void reserve(Collection<Integer> ids, Path file);

  @Override
  void close();
}
