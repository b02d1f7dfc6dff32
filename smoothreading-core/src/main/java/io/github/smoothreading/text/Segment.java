package io.github.smoothreading.text;

import java.util.Objects;

/**
 * The share of a {@link Chunk} that comes from one part.
 *
 * @param place where the share stands in its part
 * @param offset where it stands in the chunk's text, in UTF-16 code units
 */
public record Segment(Place place, int offset) {
  public Segment {
    Objects.requireNonNull(place, "place");
    if (offset < 0) {
      throw new IllegalArgumentException("offset %d is negative".formatted(offset));
    }
  }

  /** Code unit of the chunk's text behind this share. */
  public int end() {
    return Math.toIntExact(offset + place.length());
  }
}
