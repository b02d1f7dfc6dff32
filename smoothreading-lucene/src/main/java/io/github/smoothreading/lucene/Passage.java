package io.github.smoothreading.lucene;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A run of text copied out of one stored value of the index.
 *
 * @param document id of the document it belongs to
 * @param title the document's title, or its id where the index has none
 * @param entry stored id of the Lucene document that holds the value; differs from {@code document}
 *     where ids have the form {@code document#passage}
 * @param order position of that Lucene document among those of the document, if the index says so
 * @param field name of the stored text
 * @param valueIndex which of the field's values, from 0
 * @param start first UTF-16 code unit in the value
 * @param end code unit behind the last one
 * @param documentStart where the passage begins in the whole document, if the index says so
 * @param rank place among the hits, from 1; empty for a neighbour of a hit
 * @param text the text
 */
public record Passage(
    String document,
    String title,
    String entry,
    OptionalLong order,
    String field,
    int valueIndex,
    int start,
    int end,
    OptionalLong documentStart,
    OptionalInt rank,
    String text) {
  public Passage {
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(documentStart, "documentStart");
    Objects.requireNonNull(rank, "rank");
    if (start < 0 || end - start != text.length()) {
      throw new IllegalArgumentException(
          "range [%d, %d) of field '%s' does not fit a text of %d characters"
              .formatted(start, end, field, text.length()));
    }
  }
}
