package io.github.smoothreading.state;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The hidden memory of one reading between two chunks.
 *
 * <p>It belongs to one model and to one reading, never to the model's shared weights. Going on from
 * a fork or from a saved copy gives, in 32-bit floating point, bit for bit what going on from the
 * original gives.
 */
public interface ReadingState extends AutoCloseable {
  /** Fingerprint of the model whose memory this is. */
  String model();

  /** W: how many tokens it reaches back, the newest included. */
  int window();

  /** Tokens taken in so far. */
  long position();

  /** An independent copy that goes on with the same question. */
  ReadingState fork();

  /**
   * Forgets the newest {@code tokens}.
   *
   * @param tokens at most as many as were taken in, and as the state was opened to undo
   * @throws IllegalArgumentException if more is asked than can be undone
   */
  void rewind(int tokens);

  /** Writes everything needed to go on; the stream stays open. */
  void save(OutputStream out) throws IOException;

  /** Frees the memory; later calls have no effect. */
  @Override
  void close();
}
