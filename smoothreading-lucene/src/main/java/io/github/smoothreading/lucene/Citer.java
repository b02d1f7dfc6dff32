package io.github.smoothreading.lucene;

import io.github.smoothreading.lucene.GatheredText.Piece;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.text.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;

/** Turns clues into citations of stored values. */
final class Citer {
  private static final int AROUND = 120;

  private final GatheredText text;
  private final IndexShape shape;
  private final Query query;

  Citer(GatheredText text, IndexShape shape, Query query) {
    this.text = text;
    this.shape = shape;
    this.query = query;
  }

  List<Citation> cite(List<Clue> clues) {
    List<Citation> citations = new ArrayList<>();
    for (int clue = 0; clue < clues.size(); clue++) {
      int index = clue;
      clues
          .get(clue)
          .place()
          .ifPresent(
              place ->
                  text.pieces(place).forEach(piece -> citations.add(cite(index, place, piece))));
    }
    return citations;
  }

  private Citation cite(int clue, Place place, Piece piece) {
    var passage = piece.passage();
    int from = piece.from() - passage.start();
    return new Citation(
        clue,
        passage.document(),
        passage.title(),
        passage.entry(),
        passage.order(),
        passage.field(),
        passage.valueIndex(),
        piece.from(),
        piece.from() + piece.length(),
        passage.documentStart().isPresent()
            ? java.util.OptionalLong.of(passage.documentStart().getAsLong() + from)
            : passage.documentStart(),
        passage.text().substring(from, from + piece.length()),
        snippet(place.part(), piece.at(), piece.at() + piece.length()));
  }

  private Snippet snippet(String part, int start, int end) {
    StringBuilder run = text.run(part).text;
    int from = atWord(run, Math.max(0, start - AROUND), start);
    int to = Math.min(run.length(), end + AROUND);
    while (to > end && to < run.length() && !Character.isWhitespace(run.charAt(to))) {
      to--;
    }
    String around = run.substring(from, to);
    return new Snippet(around, start - from, end - from, terms(around));
  }

  /** The first beginning of a word at {@code from} or behind. */
  private static int atWord(CharSequence text, int from, int most) {
    int at = from;
    while (at > 0 && at < most && !Character.isWhitespace(text.charAt(at - 1))) {
      at++;
    }
    return at;
  }

  /** By analysing again: needs no positions in the index. */
  private List<Snippet.Range> terms(String around) {
    UnifiedHighlighter highlighter =
        UnifiedHighlighter.builderWithoutSearcher(shape.analyzer())
            .withFormatter(new Offsets())
            .withBreakIterator(WholeBreakIterator::new)
            .withMaxLength(Integer.MAX_VALUE - 1)
            .build();
    try {
      Object found = highlighter.highlightWithoutSearcher(shape.searchField(), query, around, 1);
      return found instanceof Found ranges ? ranges.ranges() : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("the analyzer failed on a snippet: " + e.getMessage(), e);
    }
  }

  private record Found(List<Snippet.Range> ranges) {}

  /**
   * Passes the matches' offsets through; Lucene uses its passage objects again, so they are copied.
   */
  private static final class Offsets extends PassageFormatter {
    @Override
    public Object format(Passage[] passages, String content) {
      List<Snippet.Range> ranges = new ArrayList<>();
      int last = 0;
      for (Passage passage : passages) {
        for (int i = 0; i < passage.getNumMatches(); i++) {
          int start = passage.getMatchStarts()[i];
          int end = passage.getMatchEnds()[i];
          if (start >= last && end > start) {
            ranges.add(new Snippet.Range(start, end));
            last = end;
          }
        }
      }
      return new Found(ranges);
    }
  }
}
