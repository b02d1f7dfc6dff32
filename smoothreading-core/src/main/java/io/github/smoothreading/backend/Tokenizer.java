package io.github.smoothreading.backend;

import io.github.smoothreading.text.TextEncoder;

/**
 * The model's tokenizer, built without added tokens: a control string in a text is ordinary pieces.
 * Thread-safe.
 */
public interface Tokenizer extends TextEncoder {
  /**
   * The text of {@code ids}; bytes that are not UTF-8 become U+FFFD, reserved ids become nothing.
   */
  String decode(int[] ids);
}
