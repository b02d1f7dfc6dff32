package io.github.smoothreading.eval.task;

import io.github.smoothreading.eval.metric.Metric;
import java.util.List;
import java.util.Objects;

/**
 * How an answer is scored.
 *
 * @param metric the score
 * @param answers the accepted answers; none if the document does not answer the question
 * @param classes what can be named, for {@link Metric#CLASSIFICATION}
 * @param firstLine whether only the answer's first line counts
 */
public record Judge(Metric metric, List<String> answers, List<String> classes, boolean firstLine) {
  public Judge {
    Objects.requireNonNull(metric, "metric");
    answers = List.copyOf(answers);
    classes = List.copyOf(classes);
  }

  /** Any of {@code answers}, by {@code metric}. */
  public static Judge by(Metric metric, List<String> answers) {
    return new Judge(metric, answers, List.of(), false);
  }

  /** Nothing is to be found. */
  public static Judge nothing() {
    return by(Metric.CONTAINS, List.of());
  }

  /**
   * Scores an answer, from 0 to 1.
   *
   * @param answered whether there was one; where nothing can be found, having none is right
   */
  public double score(boolean answered, String prediction) {
    if (answers.isEmpty()) {
      return answered ? 0 : 1;
    }
    if (!answered) {
      return 0;
    }
    String scored = firstLine ? prediction.replaceFirst("^\n+", "").split("\n", 2)[0] : prediction;
    return metric.score(scored, answers, classes);
  }
}
