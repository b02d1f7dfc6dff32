package io.github.smoothreading.lucene;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Where a verified clue stands in the index: {@link #quotation()} is exactly {@code [start, end)}
 * of the stored value.
 *
 * <p>A clue has one citation, or more in a row where it reaches over several stored values; joined,
 * their quotations are the clue's text.
 *
 * @param clue index of the clue among {@link LuceneAnswer#clues()}
 * @param document id of the document
 * @param title the document's title, or its id
 * @param entry stored id of the Lucene document that holds the value
 * @param order its position among the Lucene documents of the document, if the index says so
 * @param field name of the stored text: a field, or {@code field#pointer} inside its JSON
 * @param valueIndex which of the field's values, from 0
 * @param start first UTF-16 code unit in the value
 * @param end code unit behind the last one
 * @param documentStart where the quotation begins in the whole document, if the index says so
 * @param quotation the stored characters
 * @param snippet the quotation in its surroundings
 */
public record Citation(
    int clue,
    String document,
    String title,
    String entry,
    OptionalLong order,
    String field,
    int valueIndex,
    int start,
    int end,
    OptionalLong documentStart,
    String quotation,
    Snippet snippet) {
  public Citation {
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(quotation, "quotation");
    Objects.requireNonNull(snippet, "snippet");
    if (start < 0 || end - start != quotation.length()) {
      throw new IllegalArgumentException(
          "range [%d, %d) does not fit a quotation of %d characters"
              .formatted(start, end, quotation.length()));
    }
  }
}
