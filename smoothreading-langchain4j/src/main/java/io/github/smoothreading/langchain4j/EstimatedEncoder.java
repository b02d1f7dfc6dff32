package io.github.smoothreading.langchain4j;

import io.github.smoothreading.text.TextEncoder;
import java.util.Arrays;

/**
 * Measures text for models whose tokenizer is not at hand, a little too generously: a token is at
 * most six letters of a word, three digits, or one other character, with the white space before it.
 */
final class EstimatedEncoder implements TextEncoder {
  private static final int LETTERS = 6;
  private static final int DIGITS = 3;
  private static final int SPACES = 16;

  @Override
  public Encoding encode(String text) {
    int[] ends = new int[text.length()];
    int count = 0;
    int at = 0;
    while (at < text.length()) {
      at = tokenEnd(text, at);
      ends[count++] = at;
    }
    int[] ids = new int[count];
    int from = 0;
    for (int i = 0; i < count; i++) {
      ids[i] = text.substring(from, ends[i]).hashCode() & 0xFFFF;
      from = ends[i];
    }
    return new Encoding(ids, Arrays.copyOf(ends, count));
  }

  private static int tokenEnd(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < SPACES && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length() || at - from == SPACES) {
      return at;
    }
    int first = text.codePointAt(at);
    int most =
        Character.isIdeographic(first)
            ? 1
            : Character.isLetter(first) ? LETTERS : Character.isDigit(first) ? DIGITS : 1;
    boolean digit = Character.isDigit(first);
    int taken = 0;
    while (at < text.length() && taken < most) {
      int next = text.codePointAt(at);
      boolean same =
          taken == 0
              || (digit
                  ? Character.isDigit(next)
                  : Character.isLetter(next) && !Character.isIdeographic(next));
      if (!same) {
        break;
      }
      at += Character.charCount(next);
      taken++;
    }
    return at;
  }
}
