package io.github.smoothreading.eval.task;

import io.github.smoothreading.eval.metric.Metric;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How one data set of a benchmark is asked and scored.
 *
 * @param metric its metric
 * @param question the question; {@code %s} stands for the row's own
 * @param mayStop whether the answer can be known before the end; not for summaries, counts and
 *     lists
 * @param answerTokens most tokens of an answer
 * @param firstLine whether only the answer's first line is scored
 */
record TaskFamily(
    Metric metric, String question, boolean mayStop, int answerTokens, boolean firstLine) {
  private static final Map<String, TaskFamily> LONGBENCH =
      Map.ofEntries(
          question("narrativeqa", 128),
          question("qasper", 128),
          question("multifieldqa_en", 64),
          question("hotpotqa", 32),
          question("2wikimqa", 32),
          question("musique", 32),
          Map.entry("triviaqa", new TaskFamily(Metric.QA_F1, "%s", true, 32, true)),
          summary("gov_report", "Summarize this government report."),
          summary("multi_news", "Summarize these news articles."),
          summary("qmsum", "%s"),
          Map.entry(
              "samsum",
              new TaskFamily(
                  Metric.ROUGE_L,
                  "Summarize this dialogue like the examples: %s",
                  false,
                  128,
                  true)),
          Map.entry(
              "trec",
              new TaskFamily(
                  Metric.CLASSIFICATION,
                  "Which type, as in the examples, is this: %s",
                  false,
                  64,
                  true)),
          Map.entry(
              "passage_retrieval_en",
              new TaskFamily(
                  Metric.RETRIEVAL,
                  "Which paragraph (Paragraph 1, Paragraph 2, ...) does this abstract come from?"
                      + " %s",
                  true,
                  32,
                  false)),
          Map.entry(
              "passage_count",
              new TaskFamily(
                  Metric.COUNT,
                  "How many different paragraphs are there, not counting repetitions?",
                  false,
                  32,
                  false)),
          Map.entry(
              "passage_retrieval_zh",
              new TaskFamily(Metric.RETRIEVAL_ZH, "以下摘要出自哪个段落（段落1、段落2……）？%s", true, 32, false)),
          Map.entry(
              "lsht", new TaskFamily(Metric.CLASSIFICATION, "按照示例，这篇新闻属于哪一类？%s", false, 64, true)),
          Map.entry(
              "lcc",
              new TaskFamily(
                  Metric.EDIT_SIMILARITY, "What is the next line of this code?", false, 64, false)),
          Map.entry(
              "repobench-p",
              new TaskFamily(
                  Metric.EDIT_SIMILARITY,
                  "What is the next line of this code? %s",
                  false,
                  64,
                  false)));

  /**
   * LongBench's metrics for these cut Chinese into words with a dictionary that has no port to
   * Java.
   */
  private static final Map<String, String> UNSUPPORTED =
      Map.of(
          "multifieldqa_zh", "F1 of Chinese words",
          "dureader", "ROUGE-L of Chinese words",
          "vcsum", "ROUGE-L of Chinese words");

  private static Map.Entry<String, TaskFamily> question(String name, int answerTokens) {
    return Map.entry(name, new TaskFamily(Metric.QA_F1, "%s", true, answerTokens, false));
  }

  private static Map.Entry<String, TaskFamily> summary(String name, String question) {
    return Map.entry(name, new TaskFamily(Metric.ROUGE_L, question, false, 512, false));
  }

  /**
   * The family of a LongBench data set; empty if there is none of this name.
   *
   * @throws IllegalArgumentException if its metric is not offered
   */
  static Optional<TaskFamily> longBench(String dataset) {
    String name = dataset.toLowerCase(Locale.ROOT).replaceFirst("_e$", "");
    String metric = UNSUPPORTED.get(name);
    if (metric != null) {
      throw new IllegalArgumentException(
          "'%s' is scored by %s, which is not offered; leave it out".formatted(dataset, metric));
    }
    return Optional.ofNullable(LONGBENCH.get(name));
  }

  /**
   * The family of an L-Eval data set, by its own name for the metric.
   *
   * @throws IllegalArgumentException if the metric is not offered
   */
  static TaskFamily lEval(String evaluation) {
    return switch (evaluation.toLowerCase(Locale.ROOT)) {
      case "f1" -> new TaskFamily(Metric.QA_F1, "%s", true, 128, false);
      case "rouge" -> new TaskFamily(Metric.ROUGE_L, "%s", false, 512, false);
      default ->
          throw new IllegalArgumentException(
              "L-Eval's metric '%s' is not offered; offered are f1 and rouge"
                  .formatted(evaluation));
    };
  }

  /**
   * The family of a RULER task: questions (qa_*) want one of the answers, everything else all of
   * them.
   */
  static TaskFamily ruler(String task) {
    boolean questions = task.startsWith("qa");
    boolean single =
        questions || task.startsWith("niah_single") || task.startsWith("niah_multikey");
    return new TaskFamily(
        questions ? Metric.CONTAINS : Metric.CONTAINS_ALL, "%s", single, 128, false);
  }

  /** The question with the row's own in its place. */
  String ask(String own) {
    return question.replace("%s", own.strip()).strip();
  }
}
