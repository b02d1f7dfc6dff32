package io.github.smoothreading.summary;

import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Place;
import io.github.smoothreading.text.Segment;
import java.util.Optional;

/**
 * Looks a clue up in the chunk that it was noted from.
 *
 * <p>First as written; then with every run of white space taken as one, since models join
 * hard-wrapped lines. A quotation counts only if it lies within one part, and what is reported is
 * the source's own characters.
 */
public final class ClueLocator {
  private ClueLocator() {}

  /** The clue with its place and the source's wording, or unverified with the model's. */
  public static Clue locate(Chunk chunk, String written, int round) {
    String wanted = written.strip();
    return find(chunk.text(), wanted)
        .flatMap(range -> place(chunk, range))
        .map(place -> new Clue(quote(chunk, place), Optional.of(place), round))
        .orElseGet(() -> new Clue(wanted, Optional.empty(), round));
  }

  private static Optional<Range> find(String text, String wanted) {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    int exact = text.indexOf(wanted);
    if (exact >= 0) {
      return Optional.of(new Range(exact, exact + wanted.length()));
    }
    for (int start = 0; start < text.length(); start++) {
      int end = matchIgnoringWhitespaceWidth(text, start, wanted);
      if (end >= 0) {
        return Optional.of(new Range(start, end));
      }
    }
    return Optional.empty();
  }

  private static int matchIgnoringWhitespaceWidth(String text, int start, String wanted) {
    int t = start;
    int w = 0;
    while (w < wanted.length()) {
      if (t >= text.length()) {
        return -1;
      }
      boolean space = Character.isWhitespace(wanted.charAt(w));
      if (space != Character.isWhitespace(text.charAt(t))
          || (!space && wanted.charAt(w) != text.charAt(t))) {
        return -1;
      }
      w = space ? skipWhitespace(wanted, w) : w + 1;
      t = space ? skipWhitespace(text, t) : t + 1;
    }
    return t;
  }

  private static int skipWhitespace(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static Optional<Place> place(Chunk chunk, Range range) {
    for (Segment segment : chunk.segments()) {
      if (range.start >= segment.offset() && range.end <= segment.end()) {
        long shift = segment.place().start() - segment.offset();
        return Optional.of(
            new Place(segment.place().part(), range.start + shift, range.end + shift));
      }
    }
    return Optional.empty();
  }

  private static String quote(Chunk chunk, Place place) {
    for (Segment segment : chunk.segments()) {
      Place whole = segment.place();
      if (whole.part().equals(place.part())
          && whole.start() <= place.start()
          && place.end() <= whole.end()) {
        int from = Math.toIntExact(place.start() - whole.start() + segment.offset());
        return chunk.text().substring(from, Math.toIntExact(from + place.length()));
      }
    }
    throw new IllegalStateException(
        "place " + place + " is in no segment of chunk " + chunk.index());
  }

  private record Range(int start, int end) {}
}
