package io.github.smoothreading.examples.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program on the real backend: tokenizer, decoder and native library, with a model that knows
 * nothing.
 */
class RealModelTest {
  @TempDir Path folder;
  private Path model;
  private Path file;

  @BeforeEach
  void writeModelAndText() throws IOException {
    model = TinyModel.write(folder.resolve("model"));
    file =
        Files.writeString(
            folder.resolve("text.txt"),
            "It rained on the second day as well. \u2014 \uD83C\uDF27\n".repeat(60));
  }

  @Test
  void readsToTheEnd() throws IOException {
    Program program = run("--stop", "never", "--json", "-q", "When did it rain?", file);

    assertThat(program.err()).isEmpty();
    assertThat(program.exitCode()).isBetween(0, 1);
    JsonNode json = Json.MAPPER.readTree(program.out());
    assertThat(json.get("coverage").get("charsRead").asLong())
        .isEqualTo(Files.readString(file).length());
    assertThat(json.get("coverage").get("unread")).isEmpty();
    assertThat(json.get("usage").get("rounds").asInt()).isGreaterThan(5);
    assertThat(json.get("usage").get("tokensReused").asLong()).isPositive();
  }

  @Test
  void readsBatch() throws IOException {
    Path rows = folder.resolve("rows.jsonl");
    String row = "{\"id\": \"%d\", \"question\": \"When did it rain?\", \"file\": \"%s\"}\n";
    Files.writeString(
        rows, row.formatted(1, file) + row.formatted(2, file) + row.formatted(3, file));

    Program program = run("--stop", "never", "--batch", rows);

    assertThat(program.exitCode()).isZero();
    List<String> lines = program.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines)
        .extracting(line -> Json.MAPPER.readTree(line).get("id").asText())
        .containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void plansTimeAndMemory() {
    assertThat(run("--plan", "-q", "When did it rain?", file).out())
        .containsPattern("Chunks    about [0-9]+")
        .containsPattern("Time      about [0-9.]+ s")
        .containsPattern("Memory    [0-9]+ MB");
  }

  @Test
  void saysThatWeightsAreTruncated() throws IOException {
    try (FileChannel weights =
        FileChannel.open(model.resolve("model.safetensors"), StandardOpenOption.WRITE)) {
      weights.truncate(weights.size() - 1);
    }

    Program program = run("-q", "When did it rain?", file);

    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains("model.safetensors").doesNotContain("\tat ");
  }

  @Test
  void saysThatThereIsNoModel() {
    Program program = Program.runReal("--model", folder.resolve("nowhere"), "-q", "When?", file);

    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains("nowhere").doesNotContain("\tat ");
  }

  private Program run(Object... arguments) {
    Object[] all = new Object[arguments.length + 4];
    System.arraycopy(new Object[] {"--model", model, "--threads", "1"}, 0, all, 0, 4);
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return Program.runReal(all);
  }
}
