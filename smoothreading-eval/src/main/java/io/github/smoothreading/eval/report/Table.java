package io.github.smoothreading.eval.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of text.
 *
 * @param headers of its columns
 * @param rows as many cells each
 */
record Table(List<String> headers, List<List<String>> rows) {
  static Table of(String... headers) {
    return new Table(List.of(headers), new ArrayList<>());
  }

  /** Adds a row. */
  Table row(String... cells) {
    if (cells.length != headers.size()) {
      throw new IllegalArgumentException(
          "%d cells under %d headers".formatted(cells.length, headers.size()));
    }
    rows.add(List.of(cells));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }
}
