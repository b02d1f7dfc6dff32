package io.github.smoothreading.eval.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fact to hide, and a question that only it answers.
 *
 * @param id names it
 * @param text the sentence to hide
 * @param question asks for it
 * @param answers what an answer has to contain, any of them
 */
public record Needle(String id, String text, String question, List<String> answers) {
  public Needle {
    answers = List.copyOf(answers);
  }

  /** Eighty anecdotes written for this project; no model of its own has been trained on them. */
  public static List<Needle> builtIn() {
    return read(Resources.lines("needles.jsonl"), "needles.jsonl");
  }

  /**
   * JSON lines with {@code needle}, {@code question}, {@code answer} (a string or a list) and, if
   * wanted, {@code id}.
   *
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if a line lacks something
   */
  public static List<Needle> of(Path file) {
    return read(Resources.lines(file), file.toString());
  }

  private static List<Needle> read(List<JsonNode> rows, String name) {
    List<Needle> needles = new ArrayList<>();
    for (JsonNode row : rows) {
      Needle needle =
          new Needle(
              row.path("id").asText("n%02d".formatted(needles.size() + 1)),
              row.path("needle").asText(),
              row.path("question").asText(),
              Resources.strings(row.path("answer")));
      if (needle.text.isBlank() || needle.question.isBlank() || needle.answers.isEmpty()) {
        throw new IllegalArgumentException(
            "needle %d of '%s' lacks 'needle', 'question' or 'answer'"
                .formatted(needles.size() + 1, name));
      }
      needles.add(needle);
    }
    if (needles.isEmpty()) {
      throw new IllegalArgumentException("'%s' holds no needles".formatted(name));
    }
    return needles;
  }
}
