package io.github.smoothreading.lucene;

import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.Place;
import io.github.smoothreading.text.TextSource;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gathered passages as text to read, and the way back from a place in it to the stored values.
 *
 * <p>Passages that touch or overlap in their document become one part; an overlap stands there
 * once. Where the index cannot tell, or what it tells is not so (offsets in bytes, for one), each
 * passage is a part of its own: what the reader sees is always made of stored characters alone.
 */
final class GatheredText {
  private final String field;
  private final int tokens;
  private final List<List<Run>> documents = new ArrayList<>();
  private final Map<String, Run> byId = new HashMap<>();
  private final List<Passage> passages = new ArrayList<>();
  private final List<Passage> leftOut = new ArrayList<>();
  private @Nullable Candidate last;

  /**
   * The share of a part that comes from one passage.
   *
   * @param at where it stands in the part
   * @param from where it begins in the stored value
   * @param length in UTF-16 code units
   */
  record Piece(Passage passage, int at, int from, int length) {}

  /** A part: a run of passages that touch. */
  static final class Run {
    final String id;
    final String header;
    final StringBuilder text = new StringBuilder();
    final List<Piece> pieces = new ArrayList<>();

    Run(String id, String header) {
      this.id = id;
      this.header = header;
    }

    private Part part() {
      String copy = text.toString();
      return new Part(id, header, copy.length(), () -> new StringReader(copy));
    }
  }

  GatheredText(String field, int tokens) {
    this.field = field;
    this.tokens = tokens;
  }

  /** Begins the next document. */
  void begin() {
    documents.add(new ArrayList<>());
    last = null;
  }

  /** Adds the document's next passage. */
  void add(Candidate candidate, OptionalInt rank) {
    Passage passage = candidate.passage(field, rank);
    passages.add(passage);
    List<Run> document = documents.get(documents.size() - 1);
    int overlap = last == null ? -1 : overlap(document.get(document.size() - 1), last, candidate);
    if (overlap < 0) {
      Run run =
          new Run(
              "%s [%d]".formatted(passage.document(), byId.size() + 1),
              document.isEmpty() ? passage.title() : "");
      document.add(run);
      byId.put(run.id, run);
      overlap = 0;
    }
    Run run = document.get(document.size() - 1);
    int length = passage.text().length() - overlap;
    if (length > 0) {
      run.pieces.add(new Piece(passage, run.text.length(), passage.start() + overlap, length));
      run.text.append(passage.text(), overlap, passage.text().length());
      last = candidate;
    }
  }

  /** How many characters of {@code next} stand in the run already; -1 if it does not touch. */
  private static int overlap(Run run, Candidate last, Candidate next) {
    if (last.entry().luceneDoc() == next.entry().luceneDoc()) {
      return last.value() == next.value() && last.end() == next.start() ? 0 : -1;
    }
    if (last.documentStart().isEmpty() || next.documentStart().isEmpty()) {
      return -1;
    }
    long end = last.documentStart().getAsLong() + last.end() - last.start();
    long shared = end - next.documentStart().getAsLong();
    if (shared < 0) {
      return -1;
    }
    int overlap = (int) Math.min(shared, next.end() - next.start());
    long from = run.text.length() - shared;
    // Offsets may count bytes or code points: believe the text.
    boolean same =
        from >= 0
            && next.text()
                .regionMatches(0, run.text.substring((int) from, (int) from + overlap), 0, overlap);
    return same ? overlap : -1;
  }

  /** Notes a hit that the budget, or an equal text, left no room for. */
  void leaveOut(Candidate candidate, OptionalInt rank) {
    leftOut.add(candidate.passage(field, rank));
  }

  int tokens() {
    return tokens;
  }

  List<Passage> passages() {
    return passages;
  }

  List<Passage> leftOut() {
    return leftOut;
  }

  /** All documents as one source. */
  TextSource source() {
    return TextSource.ofParts(documents.stream().flatMap(List::stream).map(Run::part).toList());
  }

  /** One source for each document. */
  List<TextSource> sources() {
    return documents.stream()
        .map(runs -> TextSource.ofParts(runs.stream().map(Run::part).toList()))
        .toList();
  }

  Run run(String part) {
    Run run = byId.get(part);
    if (run == null) {
      throw new IllegalArgumentException(
          "part '%s' is not of this gathering; cite a reading of its own source".formatted(part));
    }
    return run;
  }

  /** The pieces that a place touches, cut to it. */
  List<Piece> pieces(Place place) {
    List<Piece> found = new ArrayList<>();
    for (Piece piece : run(place.part()).pieces) {
      int from = (int) Math.max(place.start(), piece.at());
      int to = (int) Math.min(place.end(), piece.at() + piece.length());
      if (from < to) {
        found.add(new Piece(piece.passage(), from, piece.from() + from - piece.at(), to - from));
      }
    }
    return found;
  }

  /**
   * The passages of which nothing was read.
   *
   * @param parts the parts of the sources that were read or begun
   * @param unread what of them was not read
   */
  List<Passage> notReached(Set<String> parts, List<Place> unread) {
    Map<Passage, Long> missing = new IdentityHashMap<>();
    Map<Passage, Long> lengths = new IdentityHashMap<>();
    for (Run run : byId.values()) {
      for (Piece piece : run.pieces) {
        lengths.put(piece.passage(), (long) piece.length());
        if (!parts.contains(run.id)) {
          missing.put(piece.passage(), (long) piece.length());
        }
      }
    }
    for (Place place : unread) {
      pieces(place)
          .forEach(piece -> missing.merge(piece.passage(), (long) piece.length(), Long::sum));
    }
    return passages.stream()
        .filter(passage -> lengths.getOrDefault(passage, -1L).equals(missing.get(passage)))
        .toList();
  }
}
