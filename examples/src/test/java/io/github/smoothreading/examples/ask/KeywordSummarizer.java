package io.github.smoothreading.examples.ask;

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
 * Stands in for a model: notes each sentence with the question's last word, and answers with the
 * first one. A token is one UTF-16 code unit.
 */
final class KeywordSummarizer implements Summarizer {
  @Override
  public Capacity capacity() {
    return new Capacity("keyword", "keyword-1", 400, 200, 80, 400, "en");
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
    return 1_000_000L * window;
  }

  @Override
  public Session open(Inquiry inquiry) {
    String[] words = inquiry.question().replace("?", "").split(" ");
    return new KeywordSession(words[words.length - 1]);
  }

  @Override
  public Session resume(Inquiry inquiry, DataInputStream in) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private static final class KeywordSession implements Session {
    private final String word;
    private final List<String> clues = new ArrayList<>();
    private long fed;

    KeywordSession(String word) {
      this.word = word;
    }

    @Override
    public Summary read(Chunk chunk) {
      fed += chunk.tokens();
      for (String sentence : chunk.text().split("(?<=\\.)\\s+")) {
        if (sentence.contains(word)) {
          clues.add(sentence.strip());
        }
      }
      boolean found = !clues.isEmpty();
      return new Summary(
          clues,
          List.of(),
          found ? "A new clue." : "Nothing new here.",
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
      return clues.stream().findFirst();
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
