package io.github.smoothreading.lucene;

import java.util.List;
import java.util.OptionalLong;

/**
 * What is needed of one Lucene document, copied out of the index.
 *
 * @param luceneDoc its number in the searcher that found it
 * @param id its stored id
 * @param document id of the document it belongs to
 * @param title the document's title, or its id
 * @param order position in the document, if the index says so
 * @param start where it begins in the document, in UTF-16 code units, if the index says so
 * @param values its texts
 */
record Entry(
    int luceneDoc,
    String id,
    String document,
    String title,
    OptionalLong order,
    OptionalLong start,
    List<String> values) {
  /** By what entries of one document are sorted. */
  long position() {
    return start.orElse(order.orElse(0));
  }
}
