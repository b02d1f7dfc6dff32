package io.github.smoothreading.lucene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The candidates of one document in the document's order, as far as they were loaded. */
final class Lane {
  private final List<Candidate> candidates = new ArrayList<>();
  private final boolean whole;

  /**
   * Of these entries.
   *
   * @param whole whether they are all that the document has, in a known order
   * @param passageChars how long values are cut
   */
  Lane(List<Entry> entries, boolean whole, int passageChars) {
    this.whole = whole;
    entries.stream()
        .sorted(Comparator.comparingLong(Entry::position).thenComparingInt(Entry::luceneDoc))
        .forEach(entry -> add(entry, passageChars));
  }

  private void add(Entry entry, int passageChars) {
    for (int value = 0; value < entry.values().size(); value++) {
      String text = entry.values().get(value);
      // A text that is only a little too long stays whole.
      int chars = text.length() <= passageChars * 3L / 2 ? text.length() : passageChars;
      for (PassageCutter.Range range : PassageCutter.cut(text, Math.max(chars, 1))) {
        candidates.add(new Candidate(entry, value, range.start(), range.end()));
      }
    }
  }

  List<Candidate> candidates() {
    return candidates;
  }

  /** Whether nothing of the document lies between the candidates at {@code at} and behind it. */
  boolean joined(int at) {
    Entry one = candidates.get(at).entry();
    Entry next = candidates.get(at + 1).entry();
    if (one.luceneDoc() == next.luceneDoc() || whole) {
      return true;
    }
    return one.order().isPresent()
        && next.order().isPresent()
        && next.order().getAsLong() - one.order().getAsLong() == 1;
  }

  /**
   * The place {@code distance} (negative: before) away from {@code at}, or -1 if the document ends,
   * or was not loaded, before it.
   */
  int neighbour(int at, int distance) {
    int step = Integer.signum(distance);
    int place = at;
    for (int i = 0; i < Math.abs(distance); i++) {
      int next = place + step;
      if (next < 0 || next >= candidates.size() || !joined(Math.min(place, next))) {
        return -1;
      }
      place = next;
    }
    return place;
  }
}
