package io.github.smoothreading;

import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.ReadingMode;
import io.github.smoothreading.summary.Round;
import io.github.smoothreading.summary.Summarizer.Tally;
import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.Place;
import io.github.smoothreading.text.Segment;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reading has gathered so far. */
final class Progress {
  /** By text: the clue as first noted. */
  private final Map<String, Clue> clues = new LinkedHashMap<>();

  private final List<Round> rounds = new ArrayList<>();
  private final Map<String, Long> read = new LinkedHashMap<>();
  private final TextDigest digest = new TextDigest();
  private long charsRead;
  private long tokensRead;
  private long nextStart;
  private int nextIndex;
  private Tally earlier = Tally.NONE;

  void read(Chunk chunk) {
    for (Segment segment : chunk.segments()) {
      Place place = segment.place();
      read.put(place.part(), place.end());
      charsRead += place.length();
      digest.add(place.part(), chunk.text(), segment.offset(), segment.end());
    }
    tokensRead += chunk.tokens();
    nextStart = chunk.end();
    nextIndex = chunk.index() + 1;
  }

  void add(Round round) {
    rounds.add(round);
  }

  Map<String, Clue> clues() {
    return clues;
  }

  List<Round> rounds() {
    return rounds;
  }

  long charsRead() {
    return charsRead;
  }

  long tokensRead() {
    return tokensRead;
  }

  TextDigest digest() {
    return digest;
  }

  SavedReading save(String question, ReadingMode mode, Plan plan, int answerTokens, Tally tally) {
    return new SavedReading(
        question,
        mode,
        plan.window(),
        plan.chunk(),
        plan.round(),
        answerTokens,
        charsRead,
        tokensRead,
        nextStart,
        nextIndex,
        digest.hex(),
        earlier.plus(tally.fed(), tally.reused(), tally.generated(), tally.accepted()),
        clues,
        rounds);
  }

  /** Takes over what an earlier run had gathered; digests the text it had read once more. */
  void restore(TextSource source, SavedReading saved) throws IOException {
    charsRead = saved.charsRead();
    tokensRead = saved.tokensRead();
    nextStart = saved.nextStart();
    nextIndex = saved.nextIndex();
    earlier = saved.tally();
    clues.putAll(saved.clues());
    rounds.addAll(saved.rounds());
    long left = saved.charsRead();
    for (Part part : source.parts()) {
      if (left <= 0) {
        break;
      }
      long share = Math.min(left, part.length());
      digest.add(part, share);
      read.put(part.id(), share);
      left -= share;
    }
  }

  Usage usage(Tally tally) {
    Tally sum = earlier.plus(tally.fed(), tally.reused(), tally.generated(), tally.accepted());
    return new Usage(
        tokensRead, sum.fed(), sum.reused(), sum.generated(), sum.accepted(), rounds.size());
  }

  Coverage coverage(TextSource source) {
    List<Place> unread = new ArrayList<>();
    for (Part part : source.parts()) {
      long end = read.getOrDefault(part.id(), 0L);
      if (end < part.length()) {
        unread.add(new Place(part.id(), end, part.length()));
      }
    }
    return new Coverage(charsRead, source.length(), unread);
  }
}
