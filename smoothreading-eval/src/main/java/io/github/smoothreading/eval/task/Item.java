package io.github.smoothreading.eval.task;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One question about one document, and how the answer is judged.
 *
 * @param id names it within its task
 * @param question what is asked
 * @param text makes the document; called when it is read, and gives the same text each time
 * @param tokens its length in tokens, roughly
 * @param judge how an answer is scored
 * @param mayStop whether the answer can be known before the end of the document
 * @param answerTokens most tokens of an answer
 * @param labels where it belongs in tables and heat maps, such as its length and depth
 */
public record Item(
    String id,
    String question,
    Supplier<String> text,
    int tokens,
    Judge judge,
    boolean mayStop,
    int answerTokens,
    Map<String, String> labels) {
  /** What most answers fit into. */
  public static final int ANSWER_TOKENS = 128;

  public Item {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(judge, "judge");
    labels = Map.copyOf(labels);
  }

  /** With answers of the usual length. */
  Item(
      String id,
      String question,
      Supplier<String> text,
      int tokens,
      Judge judge,
      boolean mayStop,
      Map<String, String> labels) {
    this(id, question, text, tokens, judge, mayStop, ANSWER_TOKENS, labels);
  }

  /** The same item with one more label. */
  public Item with(String label, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(label, value);
    return new Item(id, question, text, tokens, judge, mayStop, answerTokens, more);
  }
}
