package io.github.smoothreading.langchain4j;

import io.github.smoothreading.langchain4j.DocumentText.Span;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.text.Place;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The verified clues of a reading with the sentences around them, in document order.
 *
 * @param clues where the clues stand
 * @param passages where the clues with their surroundings stand, overlapping ones joined
 * @param pages pages of the clues, from 1; empty for a document without pages
 */
record Evidence(List<Span> clues, List<Span> passages, List<Integer> pages) {
  /**
   * How far sentences are looked for on each side, in characters: a table may have no sentence at
   * all.
   */
  private static final int REACH = 1_000;

  private static final Pattern EMPTY_LINE = Pattern.compile("\\R[ \\t]*\\R");

  static Evidence of(DocumentText document, List<Clue> clues, int sentences) {
    List<Place> places = clues.stream().flatMap(clue -> clue.place().stream()).distinct().toList();
    List<Span> spans =
        places.stream().map(document::span).sorted(Comparator.comparing(Span::start)).toList();
    List<Span> around =
        places.stream()
            .map(
                place ->
                    widen(
                        document.text(), document.span(place), document.pageSpan(place), sentences))
            .sorted(Comparator.comparing(Span::start))
            .toList();
    List<Integer> pages =
        places.stream()
            .flatMap(place -> document.pageNumber(place).stream())
            .distinct()
            .sorted()
            .toList();
    return new Evidence(spans, joined(document.text(), around), pages);
  }

  boolean isEmpty() {
    return clues.isEmpty();
  }

  /** The passages, a blank line between two. */
  String text(DocumentText document) {
    return passages.stream()
        .map(span -> document.text().substring((int) span.start(), (int) span.end()))
        .collect(Collectors.joining("\n\n"));
  }

  private static Span widen(String text, Span clue, Span page, int sentences) {
    int from = (int) Math.max(page.start(), clue.start() - REACH);
    int to = (int) Math.min(page.end(), clue.end() + REACH);
    TreeSet<Integer> breaks = breaks(text, from, to);
    int start = (int) clue.start();
    int end = (int) clue.end();
    // The first step completes the clue's own sentence, each further one adds one.
    for (int i = 0; i <= sentences; i++) {
      Integer before = i == 0 ? breaks.floor(start) : breaks.lower(start);
      Integer behind = i == 0 ? breaks.ceiling(end) : breaks.higher(end);
      start = before == null ? from : before;
      end = behind == null ? to : behind;
    }
    return stripped(text, Math.min(start, (int) clue.start()), Math.max(end, (int) clue.end()));
  }

  private static TreeSet<Integer> breaks(String text, int from, int to) {
    BreakIterator iterator = BreakIterator.getSentenceInstance(Locale.ROOT);
    String window = text.substring(from, to);
    iterator.setText(window);
    TreeSet<Integer> breaks = new TreeSet<>();
    for (int at = iterator.first(); at != BreakIterator.DONE; at = iterator.next()) {
      breaks.add(from + at);
    }
    // A heading has no full stop: an empty line ends it.
    EMPTY_LINE.matcher(window).results().forEach(line -> breaks.add(from + line.end()));
    return breaks;
  }

  private static Span stripped(String text, int start, int end) {
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end);
  }

  private static List<Span> joined(String text, List<Span> sorted) {
    List<Span> joined = new ArrayList<>();
    for (Span next : sorted) {
      Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      boolean touches =
          last != null
              && (next.start() <= last.end()
                  || (text.substring((int) last.end(), (int) next.start()).isBlank()
                      && text.substring((int) last.end(), (int) next.start()).indexOf('\f') < 0));
      if (last != null && touches) {
        joined.set(joined.size() - 1, new Span(last.start(), Math.max(last.end(), next.end())));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }
}
