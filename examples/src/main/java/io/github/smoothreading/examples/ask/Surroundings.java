package io.github.smoothreading.examples.ask;

import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.Place;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.Reader;

/**
 * A quotation with the text around it.
 *
 * @param before text in front of it; begins with a whole word, behind dots where the text begins
 *     earlier
 * @param quotation the text at the place itself
 * @param after text behind it, the same way
 */
record Surroundings(String before, String quotation, String after) {
  /** Reads the place and {@code reach} characters on either side of it from the source again. */
  static Surroundings of(TextSource source, Place place, int reach) throws IOException {
    Part part =
        source.parts().stream()
            .filter(each -> each.id().equals(place.part()))
            .findFirst()
            .orElseThrow(
                () -> new IOException("the source has no part '%s'".formatted(place.part())));
    long from = Math.max(0, place.start() - reach);
    try (Reader text = part.content().open()) {
      skip(text, from);
      String before = read(text, Math.toIntExact(place.start() - from));
      String quotation = read(text, Math.toIntExact(place.length()));
      String after = read(text, reach);
      return new Surroundings(
          from == 0 ? before : "... " + before.replaceFirst("^\\S*\\s+", ""),
          quotation,
          after.length() < reach ? after : after.replaceFirst("\\s+\\S*$", "") + " ...");
    }
  }

  private static void skip(Reader text, long chars) throws IOException {
    long left = chars;
    while (left > 0) {
      long skipped = text.skip(left);
      if (skipped == 0) {
        return;
      }
      left -= skipped;
    }
  }

  private static String read(Reader text, int most) throws IOException {
    char[] chars = new char[most];
    int count = 0;
    while (count < most) {
      int got = text.read(chars, count, most - count);
      if (got < 0) {
        break;
      }
      count += got;
    }
    return new String(chars, 0, count);
  }
}
