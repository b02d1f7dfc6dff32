package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.Tokenizer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** A tokenizer that keeps the protocol's ids out of texts. */
interface ModelTokenizer extends Tokenizer, AutoCloseable {
  /** The tokenizer's file in {@code folder}. */
  static Path file(Path folder) {
    return folder.resolve("tokenizer.json");
  }

  /** The tokenizer in {@code folder}. */
  static ModelTokenizer open(Path folder, int vocabulary) {
    return HfTokenizer.open(folder, vocabulary);
  }

  /** Ids that no text encodes to, by name. */
  Map<String, Integer> reserved();

  /**
   * Takes {@code ids} for control tokens: they decode to nothing, and no text encodes to one. Called
   * before the tokenizer is shared.
   *
   * @param file names the origin in messages
   */
  void reserve(Collection<Integer> ids, Path file);

  @Override
  void close();
}
