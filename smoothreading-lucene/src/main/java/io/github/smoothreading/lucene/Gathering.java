package io.github.smoothreading.lucene;

import io.github.smoothreading.Reading;
import io.github.smoothreading.text.Place;
import io.github.smoothreading.text.TextSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The passages that will be read for a question, copied out of the index: what happens to the index
 * afterwards does not matter.
 */
public final class Gathering {
  private final String question;
  private final GatheredText text;
  private final Citer citer;
  private final ReadingStrategy strategy;
  private final Duration searchTime;
  private final Duration gatherTime;

  Gathering(
      String question,
      GatheredText text,
      Citer citer,
      ReadingStrategy strategy,
      Duration searchTime,
      Duration gatherTime) {
    this.question = question;
    this.text = text;
    this.citer = citer;
    this.strategy = strategy;
    this.searchTime = searchTime;
    this.gatherTime = gatherTime;
  }

  /** What was asked. */
  public String question() {
    return question;
  }

  /** The passages in reading order: documents by their best hit, passages by position. */
  public List<Passage> passages() {
    return List.copyOf(text.passages());
  }

  /** Hits that the budget, or an equal text, left no room for, best first. */
  public List<Passage> leftOut() {
    return List.copyOf(text.leftOut());
  }

  /** Length in tokens, headers included: estimated from a sample, on the high side. */
  public int tokens() {
    return text.tokens();
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return text.passages().isEmpty();
  }

  /** Time of the search. */
  public Duration searchTime() {
    return searchTime;
  }

  /** Time of loading, choosing and copying. */
  public Duration gatherTime() {
    return gatherTime;
  }

  /**
   * What is read: one source, or one for each document; see {@link ReadingStrategy}. Empty if
   * nothing was found.
   */
  public List<TextSource> sources() {
    if (isEmpty()) {
      return List.of();
    }
    return strategy == ReadingStrategy.ACROSS_DOCUMENTS ? List.of(text.source()) : text.sources();
  }

  /** The citations of a reading of one of the {@link #sources()}. */
  public List<Citation> cite(Reading reading) {
    return citer.cite(reading.clues());
  }

  Citer citer() {
    return citer;
  }

  /** The passages that readings did not reach, not even in part. */
  List<Passage> notReached(List<Reading> readings) {
    Set<String> started = new TreeSet<>();
    List<Place> unread = new ArrayList<>();
    for (Reading reading : readings) {
      unread.addAll(reading.coverage().unread());
    }
    List<TextSource> sources = sources();
    for (int i = 0; i < Math.min(readings.size(), sources.size()); i++) {
      sources.get(i).parts().forEach(part -> started.add(part.id()));
    }
    return text.notReached(started, unread);
  }

  @Override
  public String toString() {
    return "%d passages of %d documents (%d tokens) for '%s'"
        .formatted(
            text.passages().size(),
            text.passages().stream().map(Passage::document).collect(Collectors.toSet()).size(),
            text.tokens(),
            question);
  }
}
