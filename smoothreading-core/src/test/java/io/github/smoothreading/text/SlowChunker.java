package io.github.smoothreading.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The chunk rule once more, as plainly as possible: the whole text in memory, every place tried.
 */
final class SlowChunker {
  private static final List<String> LEVELS =
      List.of(
          "\n\n\n",
          "\r\n\r\n\r\n",
          "\n\n",
          "\r\n\r\n",
          "\n",
          ". ",
          ".",
          "! ",
          "? ",
          ", ",
          "; ",
          ": ",
          " \u2013 ",
          " ");

  private final String text;
  private final Set<Integer> boundaries;
  private final TextEncoder encoder;
  private final int max;

  SlowChunker(String text, Set<Integer> boundaries, TextEncoder encoder, int max) {
    this.text = text;
    this.boundaries = boundaries;
    this.encoder = encoder;
    this.max = max;
  }

  List<String> chunks() {
    List<String> chunks = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = end(start);
      chunks.add(text.substring(start, end));
      start = end;
    }
    return chunks;
  }

  private int end(int start) {
    int limit = limit(start);
    if (limit < 0) {
      return text.length();
    }
    while (true) {
      int cut = cut(start, limit);
      if (tokens(start, cut).ids().length <= max) {
        return cut;
      }
      limit = cut - 1;
      while (insidePair(limit)) {
        limit--;
      }
    }
  }

  private int limit(int start) {
    for (long ahead = 6L * max; ; ahead *= 2) {
      int to = (int) Math.min(text.length(), start + ahead);
      while (insidePair(to)) {
        to--;
      }
      TextEncoder.Encoding encoding = tokens(start, to);
      if (encoding.ids().length > max) {
        int limit = start + encoding.ends()[max - 1];
        return insidePair(limit) ? limit - 1 : limit;
      }
      if (to == text.length()) {
        return -1;
      }
    }
  }

  private int cut(int start, int limit) {
    int middle = start + (limit - start) / 2;
    for (int cut = limit; cut > middle; cut--) {
      if (boundaries.contains(cut)) {
        return cut;
      }
    }
    for (String level : LEVELS) {
      for (int cut = limit; cut > middle; cut--) {
        if (cut - level.length() >= start && text.startsWith(level, cut - level.length())) {
          return cut;
        }
      }
    }
    return limit;
  }

  private boolean insidePair(int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  private TextEncoder.Encoding tokens(int from, int to) {
    return encoder.encode(SeparatorChunker.wellFormed(text.substring(from, to)));
  }
}
