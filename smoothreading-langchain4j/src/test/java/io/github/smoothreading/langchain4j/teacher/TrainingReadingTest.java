package io.github.smoothreading.langchain4j.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.langchain4j.teacher.TrainingReading.Round;
import io.github.smoothreading.summary.Action;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file of readings: the trainer's tests read the same two examples, the good and the broken.
 */
class TrainingReadingTest {
  private static final Path TRAINING = Path.of("../training");
  private static final Path SAMPLE = TRAINING.resolve("readings-sample.jsonl");

  @TempDir Path folder;

  @Test
  void readsTheSample() throws IOException {
    List<TrainingReading> readings = TrainingReading.readAll(SAMPLE);

    assertThat(readings).hasSize(4);
    TrainingReading clock = readings.get(0);
    assertThat(clock.question()).isEqualTo("Who repaired the clock of St. Bride's?");
    assertThat(clock.answer()).contains("a dentist from Ludlow");
    assertThat(clock.rounds()).extracting(Round::action).containsExactly(Action.READ, Action.STOP);
    assertThat(clock.rounds().get(0).clues()).isEmpty();
    assertThat(clock.rounds().get(1).clues()).hasSize(1);
    assertThat(clock.complete()).isFalse();
    assertThat(readings)
        .extracting(TrainingReading::everything)
        .containsExactly(false, true, false, false);
    assertThat(readings)
        .extracting(TrainingReading::complete)
        .containsExactly(false, true, true, true);
    assertThat(readings.get(2).answer()).isEmpty();
    assertThat(readings.get(2).rounds().get(0).chunk())
        .contains("\u2019")
        .endsWith("\ud83e\udebf ");
    assertThat(readings).allMatch(reading -> reading.licence().equals("Apache-2.0"));
  }

  @Test
  void writesWhatItReads() throws IOException {
    List<TrainingReading> readings = TrainingReading.readAll(SAMPLE);
    List<JsonNode> rows = new ArrayList<>();
    JsonLines.read(SAMPLE, rows::add);
    for (int i = 0; i < rows.size(); i++) {
      ((com.fasterxml.jackson.databind.node.ObjectNode) rows.get(i)).remove("teacher");
      assertThat(ReadingJson.object(readings.get(i))).isEqualTo(rows.get(i));
      assertThat(ReadingJson.line(ReadingJson.object(readings.get(i)))).doesNotContain("\n");
    }
  }

  /** Each broken reading stands on line 2 behind a good one, and is refused for its rule. */
  @TestFactory
  List<DynamicTest> refusesWhatTheTrainerRefuses() throws IOException {
    String good = Files.readAllLines(SAMPLE).get(0);
    List<DynamicTest> tests = new ArrayList<>();
    JsonLines.read(
        TRAINING.resolve("readings-broken.jsonl"),
        row -> {
          String rule = row.get("rule").textValue();
          tests.add(
              DynamicTest.dynamicTest(
                  "line %d: %s".formatted(tests.size() + 1, rule),
                  () -> {
                    Path file = folder.resolve("broken.jsonl");
                    Files.writeString(file, good + "\n" + row.get("reading"));
                    List<TrainingReading> before = new ArrayList<>();
                    assertThatThrownBy(() -> TrainingReading.read(file, before::add))
                        .isInstanceOfSatisfying(
                            BadLineException.class, e -> assertThat(e.line()).isEqualTo(2))
                        .hasMessageContaining("broken.jsonl, line 2: ")
                        .hasMessageContaining(rule);
                    assertThat(before).hasSize(1);
                  }));
        });
    assertThat(tests).hasSizeGreaterThan(20);
    return tests;
  }

  @Test
  void namesTheLineThatIsNoJson() throws IOException {
    String good = Files.readAllLines(SAMPLE).get(0);
    Path file = folder.resolve("cut.jsonl");
    for (String bad : List.of(good.substring(0, 80), "[]", "null", good + good, "x")) {
      Files.writeString(file, good + "\r\n\n \n" + bad);
      assertThatThrownBy(() -> TrainingReading.readAll(file))
          .isInstanceOf(BadLineException.class)
          .hasMessageContaining("cut.jsonl, line 4: it is not");
    }
  }

  @Test
  void takesCompressedFilesAndRefusesOtherCharsets() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      Files.copy(SAMPLE, out);
    }
    Path compressed = folder.resolve("readings.jsonl.gz");
    Files.write(compressed, bytes.toByteArray());
    assertThat(TrainingReading.readAll(compressed)).isEqualTo(TrainingReading.readAll(SAMPLE));

    Path latin = folder.resolve("latin.jsonl");
    Files.write(latin, "{\"question\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TrainingReading.readAll(latin))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("latin.jsonl is not UTF-8");
  }

  @Test
  void aBrokenReadingCannotBeMade() {
    Round round = new Round("Some text.", List.of("Other text."), Action.STOP);
    assertThatThrownBy(
            () ->
                new TrainingReading(
                    Optional.empty(),
                    "What?",
                    Optional.of("That."),
                    List.of(round),
                    true,
                    false,
                    "",
                    ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("round 0: its chunk does not hold the clue 'Other text.'");
  }
}
