package io.github.smoothreading;

import io.github.smoothreading.text.Place;
import java.util.List;

/**
 * Which characters of the source were read.
 *
 * @param charsRead UTF-16 code units read
 * @param charsTotal UTF-16 code units of all parts
 * @param unread what was not read, in order, one place per part
 */
public record Coverage(long charsRead, long charsTotal, List<Place> unread) {
  public Coverage {
    unread = List.copyOf(unread);
  }

  /** Whether everything was read. */
  public boolean complete() {
    return charsRead == charsTotal;
  }

  /** Share read, 0 to 1. */
  public double share() {
    return charsTotal == 0 ? 1 : (double) charsRead / charsTotal;
  }
}
