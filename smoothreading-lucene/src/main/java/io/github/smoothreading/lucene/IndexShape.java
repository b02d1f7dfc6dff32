package io.github.smoothreading.lucene;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;

/**
 * How an index is used, settled: by the user's settings where there are some, else by what the
 * index holds.
 *
 * @param searchField the indexed field that is searched
 * @param text where the text to read is stored
 * @param idField stored or doc-values field with the document's id
 * @param idDelimiter what stands between a document's id and a passage's own part of the id
 * @param order position of a passage in its document
 * @param start where a passage begins in its document, in UTF-16 code units
 * @param title where the document's title is stored
 * @param analyzer how the searched field's text was made into terms
 */
record IndexShape(
    String searchField,
    StoredText text,
    String idField,
    Optional<String> idDelimiter,
    Optional<StoredNumber> order,
    Optional<StoredNumber> start,
    Optional<StoredText> title,
    Analyzer analyzer) {

  /** Stored fields to load for an entry. */
  Set<String> storedFields() {
    Set<String> fields = new LinkedHashSet<>(text.fields());
    fields.add(idField);
    order.ifPresent(number -> fields.add(number.field()));
    start.ifPresent(number -> fields.add(number.field()));
    title.ifPresent(stored -> fields.addAll(stored.fields()));
    return fields;
  }

  /** The document that an entry with this id belongs to. */
  String document(String entry) {
    int cut = idDelimiter.map(entry::lastIndexOf).orElse(-1);
    return cut > 0 ? entry.substring(0, cut) : entry;
  }
}
