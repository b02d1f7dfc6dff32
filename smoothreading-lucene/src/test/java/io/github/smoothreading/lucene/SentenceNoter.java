package io.github.smoothreading.lucene;

import io.github.smoothreading.SmoothReader;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Stands in for a model where the tests are about search, gathering and citing: it notes every
 * sentence that holds the question's last word, and wants to stop at the first. A token is one
 * UTF-16 code unit.
 */
final class SentenceNoter implements Summarizer {
  /** A reader that works by this rule. */
  static SmoothReader reader() {
    return SmoothReader.builder().summarizer(new SentenceNoter()).build();
  }

  @Override
  public Capacity capacity() {
    return new Capacity("sentence noter", "noter-1", 2000, 900, 400, 2000, "en");
  }

  @Override
  public TextEncoder encoder() {
    return text -> {
      int[] ends = new int[text.length()];
      Arrays.setAll(ends, i -> i + 1);
      return new TextEncoder.Encoding(text.chars().toArray(), ends);
    };
  }

  @Override
  public long memoryBytes(int window) {
    return window;
  }

  @Override
  public Session open(Inquiry inquiry) {
    String[] words = inquiry.question().replace("?", "").split(" ");
    return new Noting(words[words.length - 1]);
  }

  @Override
  public Session resume(Inquiry inquiry, DataInputStream in) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private static final class Noting implements Session {
    private final String word;
    private final List<String> clues = new ArrayList<>();

    Noting(String word) {
      this.word = word;
    }

    @Override
    public Summary read(Chunk chunk) {
      for (String sentence : chunk.text().split("(?<=\\.)\\s+|\\n+")) {
        if (sentence.contains(word) && !clues.contains(sentence.strip())) {
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
    public void skim(Chunk chunk) {}

    @Override
    public Optional<String> answer() {
      return clues.stream().findFirst();
    }

    @Override
    public Tally tally() {
      return Tally.NONE;
    }

    @Override
    public void save(DataOutputStream out) {}

    @Override
    public void close() {}
  }
}
