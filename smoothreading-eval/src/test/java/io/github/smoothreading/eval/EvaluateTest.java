package io.github.smoothreading.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command runs suites, goes on with them, writes pages, and compares. */
class EvaluateTest {
  private static final int NEVER = -1;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aSuiteGivesAPageThatNeedsNoOtherFile() throws Exception {
    assertThat(run(NEVER, "run", "quick", "--out", folder))
        .as(err.toString())
        .isEqualTo(Evaluate.DONE);
    String page = Files.readString(folder.resolve("index.html"));
    assertThat(page)
        .contains(
            "Needles",
            "Tasks",
            "Robustness",
            "Efficiency",
            "memory kept",
            "one round, full attention")
        .contains(
            "split by a chunk border", "faster than one round, full attention", "rules", "seed: 7")
        .doesNotContain("{{", "<img", "<link", "<script", "url(http");
    Matcher svg = Pattern.compile("<svg.*?</svg\\s*>", Pattern.DOTALL).matcher(page);
    int plots = 0;
    while (svg.find()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.group().getBytes(StandardCharsets.UTF_8)));
      plots++;
    }
    assertThat(plots).isGreaterThanOrEqualTo(4);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(
              "one-needle-memory-kept.png",
              "one-needle-memory-kept.svg",
              "time-by-length.png",
              "results.json");
    }
  }

  @Test
  void whatIsFoundScores() throws IOException {
    run(NEVER, "run", "needles", "--lengths", "1500", "--depths", "3", "--out", folder);
    List<JsonNode> results = results(folder);
    assertThat(results).hasSize(4 * 3 + 3);
    // The rule is simple and misses some; a scorer that found nothing, or everything, would show.
    assertThat(results)
        .filteredOn(result -> result.path("task").asText().startsWith("several"))
        .filteredOn(result -> result.path("score").asDouble() == 1)
        .hasSizeBetween(5, 9);
    assertThat(results)
        .filteredOn(result -> result.path("task").asText().equals("nothing to find"))
        .allSatisfy(
            result ->
                assertThat(result.path("score").asDouble())
                    .isEqualTo(result.path("ending").asText().equals("not-found") ? 1 : 0));
    assertThat(results)
        .filteredOn(result -> result.path("ending").asText().equals("answered-early"))
        .isNotEmpty()
        .allSatisfy(
            result -> assertThat(result.path("cost").path("tokens").asInt()).isLessThan(1500));
  }

  @Test
  void anInterruptedRunGoesOnWhereItWas() throws IOException {
    Object[] command = {"run", "needles", "--lengths", "1500", "--depths", "2", "--out", folder};
    Path whole = folder.resolve("whole");
    run(NEVER, "run", "needles", "--lengths", "1500", "--depths", "2", "--out", whole);

    // The first reading warms up; the sixth does not come about.
    assertThat(run(6, command)).isEqualTo(Evaluate.BROKE_OFF);
    Path lines = folder.resolve("results.jsonl");
    int done = Files.readAllLines(lines).size();
    assertThat(done).isBetween(4, 9);
    Files.writeString(lines, Files.readString(lines) + "{\"id\": \"cut o");

    RuleReader second = new RuleReader(NEVER);
    assertThat(run(second, command)).as(err.toString()).isEqualTo(Evaluate.DONE);
    assertThat(second.readings).hasValue(1 + 10 - done);
    assertThat(withoutTimes(results(folder))).isEqualTo(withoutTimes(results(whole)));

    RuleReader third = new RuleReader(NEVER);
    run(third, command);
    assertThat(third.readings).as("nothing is left to read").hasValue(0);
  }

  @Test
  void aFolderWithAnotherRunIsNotOverwritten() {
    run(NEVER, "run", "needles", "--lengths", "1500", "--depths", "1", "--out", folder);
    assertThat(run(NEVER, "run", "needles", "--lengths", "1600", "--depths", "1", "--out", folder))
        .isEqualTo(Evaluate.BAD_INPUT);
    assertThat(err.toString()).contains("another settings", "1600", "--fresh");
    assertThat(
            run(
                NEVER,
                "run",
                "needles",
                "--lengths",
                "1600",
                "--depths",
                "1",
                "--out",
                folder,
                "--fresh"))
        .isEqualTo(Evaluate.DONE);
  }

  @Test
  void twoRunsAreComparedReadingByReading() {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    run(NEVER, "run", "needles", "--lengths", "1500", "--depths", "3", "--out", one);
    run(NEVER, "run", "needles", "--lengths", "1500", "--depths", "3", "--out", other);
    assertThat(run(NEVER, "compare", one.resolve("results.json"), other)).isEqualTo(Evaluate.DONE);
    assertThat(out.toString())
        .contains("| needles | several keys | memory kept | 3 | ", "+0.0 points (+0.0 to +0.0) |");
  }

  @Test
  void theUsersOwnHaystackNeedlesAndBenchmarkFilesAreRead() throws IOException {
    Path hay = folder.resolve("hay.txt");
    Files.writeString(hay, "The quick brown fox jumps over the lazy dog. ".repeat(400));
    Path needles = folder.resolve("needles.jsonl");
    Files.writeString(
        needles,
        "{\"needle\": \"The treasurer does keep marbles inside drawer nine.\", \"question\": \"What"
            + " does the treasurer keep inside drawer nine?\", \"answer\": \"marbles\"}\n");
    Path out = folder.resolve("own");
    assertThat(
            run(
                NEVER,
                "run",
                "needles",
                "--lengths",
                "1500",
                "--depths",
                "1",
                "--haystack",
                hay,
                "--needles",
                needles,
                "--out",
                out))
        .as(err.toString())
        .isEqualTo(Evaluate.DONE);
    assertThat(results(out).get(0).path("prediction").asText()).contains("keep marbles");

    Path data = folder.resolve("hotpotqa.jsonl");
    Files.writeString(
        data,
        "{\"input\": \"What does the treasurer keep inside drawer nine?\", \"context\": \"The"
            + " treasurer does keep marbles inside drawer nine.\", \"answers\": [\"marbles inside"
            + " drawer\"]}\n");
    Path benchmark = folder.resolve("benchmark");
    assertThat(run(NEVER, "run", "benchmark", "--data", data, "--out", benchmark))
        .isEqualTo(Evaluate.DONE);
    assertThat(results(benchmark)).hasSize(3);
    assertThat(results(benchmark).get(0).path("score").asDouble()).isBetween(0.5, 0.8);
  }

  @Test
  void mistakesAreExplained() {
    assertThat(run(NEVER, "run", "everything", "--out", folder)).isEqualTo(Evaluate.BAD_INPUT);
    assertThat(err.toString()).contains("'everything'", "quick, cpu");
    assertThat(run(NEVER, "run", "benchmark", "--out", folder.resolve("b")))
        .isEqualTo(Evaluate.BAD_INPUT);
    assertThat(err.toString()).contains("--data");
    assertThat(run(NEVER, "compare", folder.resolve("none.json"), folder))
        .isEqualTo(Evaluate.BAD_INPUT);
    assertThat(err.toString()).contains("none.json");
  }

  private int run(int failAt, Object... arguments) {
    return run(new RuleReader(failAt), arguments);
  }

  private int run(RuleReader rules, Object... arguments) {
    CommandLine command = Evaluate.commandLine((model, options) -> Subject.of(rules));
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
  }

  private static List<JsonNode> results(Path folder) throws IOException {
    List<JsonNode> results = new ArrayList<>();
    new ObjectMapper()
        .readTree(folder.resolve("results.json").toFile())
        .path("results")
        .forEach(results::add);
    return results;
  }

  private static List<String> withoutTimes(List<JsonNode> results) {
    return results.stream()
        .map(
            result -> result.path("id").asText() + result.path("score") + result.path("prediction"))
        .toList();
  }
}
