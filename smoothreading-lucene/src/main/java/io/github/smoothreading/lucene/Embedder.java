package io.github.smoothreading.lucene;

/**
 * Turns a question into a vector, with the model that made the vectors in the index.
 *
 * <p>Called on the thread that asks, from several threads at once.
 */
@FunctionalInterface
public interface Embedder {
  /** The vector of {@code question}, as long as those in the index. */
  float[] embed(String question);
}
