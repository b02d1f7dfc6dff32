package io.github.smoothreading.lucene;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.document.Document;

/** Where the text to read stands in a Lucene document. */
public sealed interface StoredText permits StoredTexts.Field, StoredTexts.Json, StoredTexts.Custom {
  /** The name by which citations call it. */
  String name();

  /** The stored fields that have to be loaded. */
  Set<String> fields();

  /** The texts, one per value; empty if the document has none. */
  List<String> values(Document document);

  /** The values of a stored field. */
  static StoredText field(String field) {
    return new StoredTexts.Field(field);
  }

  /**
   * A text inside JSON that a stored field holds, as in Anserini's indexes. Citations call it
   * {@code field#pointer}; offsets count in the decoded text.
   *
   * @param pointer such as {@code /segment} (RFC 6901)
   */
  static StoredText json(String field, String pointer) {
    return new StoredTexts.Json(field, JsonPointer.compile(pointer));
  }

  /**
   * Anything that can be made of stored fields, always the same for the same document.
   *
   * @param name by which citations call it
   * @param fields the stored fields that {@code values} looks at
   */
  static StoredText function(
      String name, Set<String> fields, Function<Document, List<String>> values) {
    return new StoredTexts.Custom(
        Objects.requireNonNull(name), Set.copyOf(fields), Objects.requireNonNull(values));
  }
}
