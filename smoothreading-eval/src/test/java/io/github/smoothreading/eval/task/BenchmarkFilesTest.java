package io.github.smoothreading.eval.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.eval.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of LongBench, L-Eval and RULER are read as their benchmarks mean them. */
class BenchmarkFilesTest {
  @TempDir Path folder;

  @Test
  void longBenchRowsAreAskedAndScoredByTheirDataSet() throws IOException {
    Item question =
        only(
            "hotpotqa",
            "{\"input\": \"Who?\", \"context\": \"Ada did.\", \"answers\": [\"Ada\", \"she\"]}");
    assertThat(question.question()).isEqualTo("Who?");
    assertThat(question.text().get()).isEqualTo("Ada did.");
    assertThat(question.judge().metric()).isEqualTo(Metric.QA_F1);
    assertThat(question.judge().answers()).containsExactly("Ada", "she");
    assertThat(question.mayStop()).isTrue();

    Item summary =
        only(
            "gov_report",
            "{\"input\": \"\", \"context\": \"A report.\", \"answers\": [\"Short.\"]}");
    assertThat(summary.question()).isEqualTo("Summarize this government report.");
    assertThat(summary.judge().metric()).isEqualTo(Metric.ROUGE_L);
    assertThat(summary.mayStop()).as("a summary needs the whole text").isFalse();
    assertThat(summary.answerTokens()).isEqualTo(512);
  }

  @Test
  void onlyTheFirstLineOfAFewShotAnswerCounts() throws IOException {
    Item item =
        only(
            "trec",
            "{\"input\": \"Question: Who?\", \"context\": \"x\", \"answers\": [\"Person\"],"
                + " \"all_classes\": [\"Person\", \"Place\"]}");
    assertThat(item.judge().score(true, "\nPerson\nPlace")).isEqualTo(1);
    assertThat(item.judge().score(true, "Person or Place")).isEqualTo(0.5);
  }

  @Test
  void triviaQuestionsAreTakenOutOfTheirPassage() throws IOException {
    Item item =
        only(
            "triviaqa",
            "{\"input\": \"Passage:\\n"
                + "P\\n"
                + "Question:\\n"
                + "Who wrote it?\\n"
                + "Answer:\\n"
                + "\", \"context\": \"x\", \"answers\": [\"A\"]}");
    assertThat(item.question()).isEqualTo("Who wrote it?");
  }

  @Test
  void eachQuestionOfAnLEvalDocumentIsAnItem() throws IOException {
    List<Item> items =
        read(
            "contracts",
            "{\"input\": \"Text.\", \"instructions\": [\"Q1?\", \"Q2?\"], \"outputs\": [\"A1\","
                + " \"A2\"], \"evaluation\": \"rouge\"}",
            0);
    assertThat(items).extracting(Item::question).containsExactly("Q1?", "Q2?");
    assertThat(items).allMatch(item -> item.judge().metric() == Metric.ROUGE_L);
  }

  @Test
  void theQuestionOfARulerRowIsItsLastLine() throws IOException {
    Item item =
        only(
            "niah_multivalue",
            "{\"index\": 0, \"input\": \"Some numbers are hidden.\\n"
                + "Hay one 12 hay 34.\\n"
                + "What are all the numbers for one? Answer: The numbers are\", \"outputs\":"
                + " [\"12\", \"34\"]}");
    assertThat(item.question()).isEqualTo("What are all the numbers for one?");
    assertThat(item.text().get()).endsWith("hay 34.");
    assertThat(item.judge().metric()).isEqualTo(Metric.CONTAINS_ALL);
    assertThat(item.mayStop()).isFalse();
  }

  @Test
  void theLimitIsPerDataSet() throws IOException {
    String row = "{\"input\": \"Q?\", \"context\": \"T\", \"answers\": [\"A\"]}\n";
    Files.writeString(folder.resolve("a.jsonl"), row.repeat(5));
    Files.writeString(folder.resolve("b.jsonl"), row.repeat(2));
    assertThat(BenchmarkFiles.read(folder, 3))
        .hasEntrySatisfying("a", items -> assertThat(items).hasSize(3))
        .hasEntrySatisfying("b", items -> assertThat(items).hasSize(2));
  }

  @Test
  void whatCannotBeScoredIsRefusedAndNotScoredOtherwise() {
    assertThatThrownBy(
            () -> only("vcsum", "{\"input\": \"\", \"context\": \"x\", \"answers\": [\"y\"]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vcsum");
    assertThatThrownBy(() -> only("notes", "{\"text\": \"x\"}"))
        .hasMessageContaining("row 1")
        .hasMessageContaining("LongBench");
    assertThatThrownBy(() -> only("broken", "{\"input\": "))
        .hasMessageContaining("line 1 is not JSON");
  }

  private Item only(String name, String row) throws IOException {
    List<Item> items = read(name, row, 0);
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  private List<Item> read(String name, String row, int limit) throws IOException {
    Path file = folder.resolve(name + ".jsonl");
    Files.writeString(file, row + "\n");
    return BenchmarkFiles.read(file, limit).get(name);
  }
}
