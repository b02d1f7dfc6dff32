package io.github.smoothreading.lucene;

import com.fasterxml.jackson.core.JsonPointer;

/** Where a whole number stands in a Lucene document. */
public sealed interface StoredNumber permits StoredTexts.NumberField, StoredTexts.NumberJson {
  /** The field's name. */
  String field();

  /** A numeric field: doc values, or stored. */
  static StoredNumber field(String field) {
    return new StoredTexts.NumberField(field);
  }

  /** A number inside JSON that a stored field holds. */
  static StoredNumber json(String field, String pointer) {
    return new StoredTexts.NumberJson(field, JsonPointer.compile(pointer));
  }
}
