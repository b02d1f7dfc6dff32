package io.github.smoothreading.lucene;

import java.util.List;
import java.util.Objects;

/**
 * A quotation in its surroundings, with the question's terms found in it.
 *
 * @param text the surroundings, some characters before and behind the quotation
 * @param start where the quotation begins in {@code text}, in UTF-16 code units
 * @param end where it ends
 * @param terms where terms of the question stand in {@code text}, in order, without overlap
 */
public record Snippet(String text, int start, int end, List<Range> terms) {
  public Snippet {
    Objects.requireNonNull(text, "text");
    terms = List.copyOf(terms);
    if (start < 0 || end < start || end > text.length()) {
      throw new IllegalArgumentException(
          "quotation [%d, %d) does not lie in a snippet of %d characters"
              .formatted(start, end, text.length()));
    }
  }

  /**
   * A run of the snippet.
   *
   * @param start first UTF-16 code unit
   * @param end code unit behind the last one
   */
  public record Range(int start, int end) {}

  /** The quotation. */
  public String quotation() {
    return text.substring(start, end);
  }

  /**
   * The snippet with a mark before and after each term of the question.
   *
   * @param before such as {@code <b>}; nothing in the text is escaped
   * @param after such as {@code </b>}
   */
  public String highlighted(String before, String after) {
    StringBuilder marked = new StringBuilder();
    int from = 0;
    for (Range term : terms) {
      marked.append(text, from, term.start()).append(before);
      marked.append(text, term.start(), term.end()).append(after);
      from = term.end();
    }
    return marked.append(text, from, text.length()).toString();
  }
}
