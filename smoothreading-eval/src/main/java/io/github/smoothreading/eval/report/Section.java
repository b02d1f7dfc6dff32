package io.github.smoothreading.eval.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of the page.
 *
 * @param title over it
 * @param paragraphs what to know about it
 * @param tables its figures
 * @param plots its pictures
 */
record Section(String title, List<String> paragraphs, List<Table> tables, List<Plot> plots) {
  static Section of(String title) {
    return new Section(title, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  Section say(String format, Object... arguments) {
    paragraphs.add(Numbers.format(format, arguments));
    return this;
  }

  Section add(Table table) {
    if (!table.isEmpty()) {
      tables.add(table);
    }
    return this;
  }

  Section add(Plot plot) {
    plots.add(plot);
    return this;
  }
}
