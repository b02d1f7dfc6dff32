package io.github.smoothreading.eval.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came out of one reading.
 *
 * @param id names it within a run; the same in every run of the same suite with the same settings
 * @param experiment the part of the suite
 * @param task what was asked
 * @param reader how it was read
 * @param labels where it belongs in tables and heat maps
 * @param question the question
 * @param answers the accepted answers; none if nothing was to be found
 * @param ending how it ended
 * @param prediction the answer given, or empty
 * @param message what went wrong, or empty
 * @param score 0 to 1
 * @param clues the clues noted
 * @param verified those of them that stand in the text
 * @param cost time, tokens, memory
 */
public record Result(
    String id,
    String experiment,
    String task,
    String reader,
    Map<String, String> labels,
    String question,
    List<String> answers,
    Ending ending,
    String prediction,
    String message,
    double score,
    List<String> clues,
    int verified,
    Cost cost) {
  public Result {
    labels = new TreeMap<>(labels);
    answers = List.copyOf(answers);
    clues = List.copyOf(clues);
  }

  /** A label as a number, or {@code otherwise} where there is none. */
  public double number(String label, double otherwise) {
    String value = labels.get(label);
    return value == null ? otherwise : Double.parseDouble(value);
  }

  /** Whether the document was read. */
  @JsonIgnore
  public boolean isRead() {
    return ending != Ending.REFUSED && ending != Ending.FAILED;
  }
}
