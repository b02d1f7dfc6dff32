package io.github.smoothreading.text;

import java.util.Iterator;

/**
 * Turns a source into chunks, lazily.
 *
 * <p>Joined, the chunks are exactly the text; none is longer than the limit, counted on the
 * finished chunk's own ids (byte-pair encoding is not additive). Heap use is bounded by a few
 * chunks, whatever the size of the source.
 */
public interface Chunker {
  /**
   * Cuts {@code source} from {@code start} on.
   *
   * @param source what to cut
   * @param encoder the tokenizer of the model that will read the chunks
   * @param maxTokens the longest chunk allowed, at least 16
   * @param start where to begin in the running text of the whole source: 0, or the {@link
   *     Chunk#end()} of the chunk after which a reading is resumed
   * @param index the index of the first chunk returned
   * @return the chunks; reading errors arrive as {@link java.io.UncheckedIOException}
   */
  Chunks cut(TextSource source, TextEncoder encoder, int maxTokens, long start, int index);

  /** All chunks of {@code source}, from its beginning. */
  default Chunks cut(TextSource source, TextEncoder encoder, int maxTokens) {
    return cut(source, encoder, maxTokens, 0, 0);
  }

  /** The chunker of the paper: cuts behind the coarsest separator that fits. */
  static Chunker bySeparators() {
    return SeparatorChunker.INSTANCE;
  }

  /** A lazy sequence of chunks that holds an open text. */
  interface Chunks extends Iterator<Chunk>, AutoCloseable {
    @Override
    void close();
  }
}
