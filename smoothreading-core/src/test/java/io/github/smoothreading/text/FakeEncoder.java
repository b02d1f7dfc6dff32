package io.github.smoothreading.text;

import java.util.Arrays;

/**
 * A tokenizer with the traits of byte-pair encoding that make chunking hard: how a word is split
 * depends on all of it, so a text cut short can have more tokens than the whole; rare characters
 * take several tokens.
 */
final class FakeEncoder implements TextEncoder {
  private int[] ids = new int[64];
  private int[] ends = new int[64];
  private int count;

  @Override
  public synchronized Encoding encode(String text) {
    count = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || at + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(at + 1))) {
          throw new IllegalArgumentException("half a surrogate pair at " + at);
        }
        at += 2;
        repeat(4, text.codePointAt(at - 2), at);
      } else if (c > 0x2FF) {
        at++;
        repeat(c == '\u6F22' ? 1 : 3, c, at);
      } else if (Character.isLetter(c)) {
        at = word(text, at);
      } else {
        at = run(text, at);
      }
    }
    return new Encoding(Arrays.copyOf(ids, count), Arrays.copyOf(ends, count));
  }

  /**
   * Words of up to 9 letters whose length is a multiple of three are one token; others have tokens
   * of two letters.
   */
  private int word(String text, int from) {
    int to = from;
    while (to < text.length() && text.charAt(to) <= 0x2FF && Character.isLetter(text.charAt(to))) {
      to++;
    }
    int length = to - from;
    int step = length <= 9 && length % 3 == 0 ? length : 2;
    for (int at = from; at < to; at += step) {
      add(text.substring(at, Math.min(to, at + step)).hashCode(), Math.min(to, at + step));
    }
    return to;
  }

  /** Up to four equal characters are one token. */
  private int run(String text, int from) {
    int to = from + 1;
    while (to < text.length() && to < from + 4 && text.charAt(to) == text.charAt(from)) {
      to++;
    }
    add(text.charAt(from) * 8 + to - from, to);
    return to;
  }

  private void repeat(int times, int id, int end) {
    for (int i = 0; i < times; i++) {
      add(id * 4 + i, end);
    }
  }

  private void add(int id, int end) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ids[count] = id;
    ends[count++] = end;
  }
}
