package io.github.smoothreading.lucene;

import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker;
import io.github.smoothreading.text.TextEncoder;
import io.github.smoothreading.text.TextSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts texts into passages: at empty lines, else lines, else sentences, else words, each more than
 * half as long as allowed. Joined, the passages are the text.
 */
final class PassageCutter {
  /** Measures in UTF-16 code units: an index serves models with different tokenizers. */
  static final TextEncoder CHARACTERS =
      text -> {
        int[] ends = new int[text.length()];
        Arrays.setAll(ends, i -> i + 1);
        return new TextEncoder.Encoding(ends, ends);
      };

  /**
   * A run of a text.
   *
   * @param start first UTF-16 code unit
   * @param end code unit behind the last one
   */
  record Range(int start, int end) {}

  private PassageCutter() {}

  /** Ranges of at most {@code chars} code units that cover {@code text}. */
  static List<Range> cut(String text, int chars) {
    if (text.length() <= chars) {
      return text.isEmpty() ? List.of() : List.of(new Range(0, text.length()));
    }
    List<Range> ranges = new ArrayList<>();
    try (Chunker.Chunks chunks = cut(TextSource.of(text), chars)) {
      while (chunks.hasNext()) {
        Chunk chunk = chunks.next();
        ranges.add(new Range(Math.toIntExact(chunk.start()), Math.toIntExact(chunk.end())));
      }
    }
    return ranges;
  }

  /** The same for a source that is streamed. */
  static Chunker.Chunks cut(TextSource source, int chars) {
    return Chunker.bySeparators().cut(source, CHARACTERS, chars);
  }
}
