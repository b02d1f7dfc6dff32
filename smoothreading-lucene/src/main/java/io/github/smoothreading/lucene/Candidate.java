package io.github.smoothreading.lucene;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A passage that may be gathered: a range of one value of an entry.
 *
 * @param entry the entry
 * @param value index of the value
 * @param start first UTF-16 code unit in the value
 * @param end code unit behind the last one
 */
record Candidate(Entry entry, int value, int start, int end) {
  String text() {
    return entry.values().get(value).substring(start, end);
  }

  /** Where it begins in the whole document; known for the first value only. */
  OptionalLong documentStart() {
    return value == 0 && entry.start().isPresent()
        ? OptionalLong.of(entry.start().getAsLong() + start)
        : OptionalLong.empty();
  }

  Passage passage(String field, OptionalInt rank) {
    return new Passage(
        entry.document(),
        entry.title(),
        entry.id(),
        entry.order(),
        field,
        value,
        start,
        end,
        documentStart(),
        rank,
        text());
  }
}
