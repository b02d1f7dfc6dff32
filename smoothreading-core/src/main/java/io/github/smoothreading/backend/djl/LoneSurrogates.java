package io.github.smoothreading.backend.djl;

/** Halves of surrogate pairs that stand alone: no UTF-8 can hold them. */
final class LoneSurrogates {
  private LoneSurrogates() {}

  /** {@code text} with U+FFFD in their places. */
  static String replace(String text) {
    char[] chars = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      if (chars == null) {
        chars = text.toCharArray();
      }
      chars[i] = '\uFFFD';
    }
    return chars == null ? text : new String(chars);
  }
}
