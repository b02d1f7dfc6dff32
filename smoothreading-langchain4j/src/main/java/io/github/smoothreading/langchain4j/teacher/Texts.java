package io.github.smoothreading.langchain4j.teacher;

/** Small questions about texts, answered as the trainer's Python answers them. */
final class Texts {
  private static final char NEXT_LINE = '\u0085';

  private Texts() {}

  /** Whether nothing but white space is there, no-break spaces included. */
  static boolean blank(String text) {
    return text.codePoints().allMatch(Texts::space);
  }

  static boolean space(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
  }

  /** Whether it can be written as UTF-8: no half of a surrogate pair stands alone. */
  static boolean wellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
