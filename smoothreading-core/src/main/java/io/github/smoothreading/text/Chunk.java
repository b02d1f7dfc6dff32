package io.github.smoothreading.text;

import java.util.List;
import java.util.Objects;

/**
 * A piece of a source that is read in one go.
 *
 * <p>The text of consecutive chunks, joined, is the text of the source with the headers between its
 * parts. Headers belong to the chunk's text but to none of its {@link #segments()}, so that they
 * count neither for coverage nor for citations.
 *
 * @param index position in the sequence of chunks, from 0
 * @param start where the chunk begins in the running text of the whole source (headers included),
 *     UTF-16 code units
 * @param text the text
 * @param ids the token ids of exactly this text, encoded on its own; not to be changed by the
 *     receiver
 * @param segments the shares of the parts, in order
 * @param last whether nothing follows
 */
public record Chunk(
    int index, long start, String text, int[] ids, List<Segment> segments, boolean last) {
  public Chunk {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(ids, "ids");
    segments = List.copyOf(segments);
  }

  /** Number of tokens. */
  public int tokens() {
    return ids.length;
  }

  /** Where the chunk ends in the running text of the whole source, exclusive. */
  public long end() {
    return start + text.length();
  }
}
