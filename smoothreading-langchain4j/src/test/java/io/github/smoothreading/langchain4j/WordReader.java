package io.github.smoothreading.langchain4j;

import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.summary.Action;
import io.github.smoothreading.summary.Capacity;
import io.github.smoothreading.summary.Inquiry;
import io.github.smoothreading.summary.InterruptedRoundException;
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
 * Reads by a rule, so that edge cases are exact: a clue is a sentence with the question's last
 * word, the first clue is the answer, and reading stops there. A token is one UTF-16 code unit, a
 * chunk 120 of them.
 *
 * <p>{@code "fail"} in a text breaks the reading, and {@code "invent"} in a question makes a clue
 * that is in no text.
 */
final class WordReader implements Summarizer {
  static SmoothReader open() {
    return SmoothReader.builder().summarizer(new WordReader()).build();
  }

  @Override
  public Capacity capacity() {
    return new Capacity("word reader", "word-1", 480, 120, 80, 480, "en");
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
    return new WordSession(inquiry);
  }

  @Override
  public Session resume(Inquiry inquiry, DataInputStream in) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private static final class WordSession implements Session {
    private final Inquiry inquiry;
    private final String word;
    private final List<String> clues = new ArrayList<>();
    private long fed;

    WordSession(Inquiry inquiry) {
      this.inquiry = inquiry;
      String[] words = inquiry.question().replace("?", "").split(" ");
      word = words[words.length - 1];
    }

    @Override
    public Summary read(Chunk chunk) {
      if (inquiry.interrupt().getAsBoolean()) {
        throw new InterruptedRoundException("told to stop");
      }
      if (chunk.text().contains("fail")) {
        throw new IllegalStateException("the engine broke");
      }
      fed += chunk.tokens();
      int before = clues.size();
      if (inquiry.question().contains("invent")) {
        clues.add("This stands nowhere.");
      }
      for (String sentence : chunk.text().split("(?<=[.\\n])\\s*")) {
        if (sentence.contains(word) && !clues.contains(sentence.strip())) {
          clues.add(sentence.strip());
        }
      }
      boolean stop = !clues.isEmpty();
      return new Summary(
          clues,
          List.of(),
          clues.size() > before ? "A new clue." : "Nothing new here.",
          stop ? Action.STOP : Action.READ,
          stop ? 0.9 : 0.1,
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
      return new Tally(fed, 0, clues.size(), 0);
    }

    @Override
    public void save(DataOutputStream out) {}

    @Override
    public void close() {}
  }
}
