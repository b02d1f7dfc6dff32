package io.github.smoothreading.text;

import java.util.Objects;

/**
 * A run of text in one part of a source: {@code [start, end)} in UTF-16 code units of the part's
 * decoded text.
 *
 * @param part id of the part
 * @param start first code unit
 * @param end code unit behind the last one, at least {@code start}
 */
public record Place(String part, long start, long end) {
  public Place {
    Objects.requireNonNull(part, "part");
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "place [%d, %d) in part '%s' is not ordered; give 0 <= start <= end"
              .formatted(start, end, part));
    }
  }

  /** Length in UTF-16 code units. */
  public long length() {
    return end - start;
  }
}
