package io.github.smoothreading.eval.metric;

import java.util.List;

/** A score from 0 (wrong) to 1 (right), by the name that result files carry. */
public enum Metric {
  /**
   * Any accepted answer stands in the prediction, whatever the case: needles, and RULER's
   * questions.
   */
  CONTAINS(Strings::containsAny),
  /**
   * Share of the accepted answers that stand in the prediction: RULER's metric for several values.
   */
  CONTAINS_ALL(Strings::shareContained),
  /**
   * The first accepted answer stands in the prediction and none of the others does: a fact that was
   * corrected.
   */
  CONTAINS_FIRST_ONLY(Strings::containsFirstOnly),
  /** Words in common, as SQuAD counts them; LongBench's for questions. */
  QA_F1(best(WordF1::score)),
  /** Longest common subsequences of words; LongBench's for summaries. */
  ROUGE_L(best(RougeL::score)),
  /** The right class is named, shared among all classes named; LongBench's. */
  CLASSIFICATION(Numbers::classification),
  /** Share of the numbers named that are the right paragraph's; LongBench's. */
  RETRIEVAL(best(Numbers::paragraph)),
  /** The same for Chinese documents; LongBench's. */
  RETRIEVAL_ZH(best(Numbers::chineseParagraph)),
  /** Share of the numbers named that are the right one; LongBench's. */
  COUNT(best(Numbers::count)),
  /** Similarity of the first line of code; LongBench's. */
  EDIT_SIMILARITY(best(EditSimilarity::score));

  private final Scorer scorer;

  Metric(Scorer scorer) {
    this.scorer = scorer;
  }

  /**
   * Scores a prediction.
   *
   * @param accepted the answers, any of which is right (for {@link #CONTAINS_ALL}: all of which are
   *     wanted)
   * @param classes all classes that can be named; empty but for {@link #CLASSIFICATION}
   * @return 0 to 1
   * @throws IllegalArgumentException if there is no accepted answer, or one that this metric cannot
   *     use
   */
  public double score(String prediction, List<String> accepted, List<String> classes) {
    if (accepted.isEmpty()) {
      throw new IllegalArgumentException(
          "no accepted answer to score '%s' against".formatted(prediction));
    }
    return scorer.score(prediction, accepted, classes);
  }

  /** How a metric uses all of its input. */
  @FunctionalInterface
  private interface Scorer {
    double score(String prediction, List<String> accepted, List<String> classes);
  }

  /** How a metric compares with one answer. */
  @FunctionalInterface
  private interface PairScorer {
    double score(String prediction, String accepted);
  }

  private static Scorer best(PairScorer pair) {
    return (prediction, accepted, classes) -> {
      double best = 0;
      for (String answer : accepted) {
        best = Math.max(best, pair.score(prediction, answer));
      }
      return best;
    };
  }
}
