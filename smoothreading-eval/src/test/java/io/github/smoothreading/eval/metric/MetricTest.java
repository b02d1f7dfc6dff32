package io.github.smoothreading.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores are those of LongBench's own code, on real predictions (see make_metric_expected.py). */
class MetricTest {
  private static final int REAL_PREDICTIONS = 200;

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CONTAINS", "CONTAINS_ALL", "CONTAINS_FIRST_ONLY"})
  void scoresAreThoseOfTheReference(Metric metric) throws IOException {
    List<JsonNode> rows = rows();
    assertThat(rows).hasSizeGreaterThan(REAL_PREDICTIONS);
    double sum = 0;
    for (JsonNode row : rows) {
      double expected = row.path("expected").path(metric.name()).asDouble();
      String prediction = row.path("prediction").asText();
      assertThat(metric.score(prediction, accepted(metric, row), strings(row.path("classes"))))
          .as("%s of '%s' against %s", metric, prediction, accepted(metric, row))
          .isEqualTo(expected, within(1e-9));
      sum += expected;
    }
    assertThat(sum).as("a file of zeros would prove nothing").isGreaterThan(1);
  }

  @Test
  void predictionsWithUnicodeAndWithoutTextAndSeveralAnswersAreAmongThem() throws IOException {
    List<JsonNode> rows = rows();
    assertThat(rows).anyMatch(row -> row.path("prediction").asText().isEmpty());
    assertThat(rows)
        .anyMatch(row -> row.path("prediction").asText().chars().anyMatch(c -> c > 255));
    assertThat(rows.stream().filter(row -> row.path("answers").size() > 1)).hasSizeGreaterThan(20);
  }

  @Test
  void severalValuesGiveTheShareFound() {
    assertThat(
            Metric.CONTAINS_ALL.score(
                "It is 12 and 34.", List.of("12", "34", "56", "78"), List.of()))
        .isEqualTo(0.5);
    assertThat(Metric.CONTAINS.score("in PORTUGUESE", List.of("Spanish", "Portuguese"), List.of()))
        .isEqualTo(1);
  }

  @Test
  void aCorrectedFactMustNotBeToldWithTheOldOne() {
    List<String> newAndOld = List.of("222", "111");
    assertThat(Metric.CONTAINS_FIRST_ONLY.score("222", newAndOld, List.of())).isEqualTo(1);
    assertThat(Metric.CONTAINS_FIRST_ONLY.score("111 or 222", newAndOld, List.of())).isZero();
  }

  @Test
  void anAcceptedAnswerIsNeeded() {
    assertThatThrownBy(() -> Metric.QA_F1.score("Paris", List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Paris");
    assertThatThrownBy(() -> Metric.RETRIEVAL.score("3", List.of("the third"), List.of()))
        .hasMessageContaining("the third");
  }

  private static List<String> accepted(Metric metric, JsonNode row) {
    String number = row.path("number").asText();
    return switch (metric) {
      case ROUGE_L -> List.of(row.path("evidence").asText());
      case RETRIEVAL -> List.of("Paragraph " + number);
      case RETRIEVAL_ZH -> List.of("段落" + number);
      case COUNT -> List.of(number);
      case EDIT_SIMILARITY ->
          List.of(row.path("answers").path(0).asText(), row.path("evidence").asText());
      default -> strings(row.path("answers"));
    };
  }

  private static List<String> strings(JsonNode node) {
    List<String> all = new ArrayList<>();
    node.forEach(each -> all.add(each.asText()));
    return all;
  }

  private static List<JsonNode> rows() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> rows = new ArrayList<>();
    try (BufferedReader lines = expected()) {
      String line;
      while ((line = lines.readLine()) != null) {
        rows.add(mapper.readTree(line));
      }
    }
    return rows;
  }

  /** The checked-in file, or the one that {@code -Dmetrics.expected} names. */
  private static BufferedReader expected() throws IOException {
    String other = System.getProperty("metrics.expected");
    return other == null
        ? new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(MetricTest.class.getResourceAsStream("expected.jsonl")),
                StandardCharsets.UTF_8))
        : Files.newBufferedReader(Path.of(other));
  }
}
