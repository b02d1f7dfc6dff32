package io.github.smoothreading.eval;

import io.github.smoothreading.summary.Action;
import io.github.smoothreading.summary.Capacity;
import io.github.smoothreading.summary.Inquiry;
import io.github.smoothreading.summary.Summarizer;
import io.github.smoothreading.summary.Summary;
import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.TextEncoder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for a model: notes sentences most of whose words are the question's, and answers with
 * all of them. A token is four characters. It counts the readings, and fails from the one on that a
 * test says.
 */
final class RuleReader implements Summarizer {
  final AtomicInteger readings = new AtomicInteger();
  private final int failAt;

  RuleReader(int failAt) {
    this.failAt = failAt;
  }

  @Override
  public Capacity capacity() {
    return new Capacity("rules", "rules-1", 1024, 512, 256, 768, "en");
  }

  @Override
  public TextEncoder encoder() {
    return text -> {
      int tokens = (text.length() + 3) / 4;
      int[] ends = new int[tokens];
      for (int i = 0; i < tokens; i++) {
        ends[i] = Math.min(text.length(), 4 * (i + 1));
      }
      return new TextEncoder.Encoding(new int[tokens], ends);
    };
  }

  @Override
  public long memoryBytes(int window) {
    return 1000L * window;
  }

  @Override
  public Session open(Inquiry inquiry) {
    if (readings.incrementAndGet() == failAt) {
      throw new OutOfMemoryError("the machine went down, as this test wants");
    }
    return new RuleSession(words(inquiry.question()));
  }

  @Override
  public Session resume(Inquiry inquiry, DataInputStream in) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
      if (word.length() > 3) {
        words.add(word);
      }
    }
    return words;
  }

  private static final class RuleSession implements Session {
    private final Set<String> wanted;
    private final List<String> clues = new ArrayList<>();
    private long fed;

    RuleSession(Set<String> wanted) {
      this.wanted = wanted;
    }

    @Override
    public Summary read(Chunk chunk) {
      skim(chunk);
      for (String sentence : chunk.text().split("(?<=[.!?][\"')]{0,2})\\s+")) {
        Set<String> words = words(sentence);
        int all = words.size();
        words.retainAll(wanted);
        if (words.size() >= Math.max(3, 0.6 * all) && !clues.contains(sentence.strip())) {
          clues.add(sentence.strip());
        }
      }
      boolean found = !clues.isEmpty();
      return new Summary(
          clues,
          List.of(),
          "By rule.",
          found ? Action.STOP : Action.READ,
          found ? 0.9 : 0.1,
          Optional.empty());
    }

    @Override
    public void skim(Chunk chunk) {
      fed += chunk.tokens();
    }

    @Override
    public Optional<String> answer() {
      return clues.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", clues));
    }

    @Override
    public Tally tally() {
      return new Tally(fed, 2, 3, 1);
    }

    @Override
    public void save(DataOutputStream out) {}

    @Override
    public void close() {}
  }
}
