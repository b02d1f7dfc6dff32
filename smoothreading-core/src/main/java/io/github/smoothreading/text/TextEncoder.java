package io.github.smoothreading.text;

/** Turns text into token ids and says where each token ends. */
@FunctionalInterface
public interface TextEncoder {
  /**
   * Encodes {@code text} on its own; nothing is added, nothing is truncated, control tokens cannot
   * arise.
   */
  Encoding encode(String text);

  /**
   * Tokens of a text.
   *
   * @param ids one id per token
   * @param ends for each token the UTF-16 code unit behind its last character, not decreasing; a
   *     token that holds only the first bytes of a character ends behind that character
   */
  record Encoding(int[] ids, int[] ends) {}
}
