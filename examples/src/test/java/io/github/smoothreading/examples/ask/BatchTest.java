package io.github.smoothreading.examples.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  @TempDir Path folder;

  @Test
  void readsRowsAndGoesOnAfterBadOnes() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "Here stands the mill. Nothing else.");
    Path rows =
        write(
            """
            {"id": "text", "question": "Where is the mill?", "text": "The mill is in Delft."}
            {"id": "file", "question": "Where is the mill?", "file": "%s"}
            {"id": 7, "question": "Who was Napoleon?", "text": "The mill is in Delft."}

            {"id": "missing", "question": "What?", "file": "no/such/file"}
            {"id": "none", "text": "No question here."}
            {"id": "both", "question": "What?", "text": "a", "file": "b"}
            {"id": "empty", "question": "What?", "text": ""}
            {"id": {"odd": 1}, "question": "What?", "text": "a"}
            no json at all
            """
                .formatted(file));

    Program program = Program.run("--batch", rows);

    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).isEmpty();
    Map<String, JsonNode> lines = lines(program);
    assertThat(program.out().lines()).hasSize(9);
    assertThat(lines.get("text").get("answer").asText()).isEqualTo("The mill is in Delft.");
    assertThat(lines.get("file").get("clues").get(0).get("part").asText()).isEqualTo("a.txt");
    assertThat(lines.get("7").get("endedBecause").asText()).isEqualTo("not-found");
    assertThat(error(lines, "missing")).contains("no/such/file").contains("does not exist");
    assertThat(error(lines, "none")).contains("no \"question\"");
    assertThat(error(lines, "both")).contains("either \"text\" or \"file\"");
    assertThat(error(lines, "empty")).contains("empty");
    assertThat(lines.get("line 9").get("error").asText()).contains("\"id\" is not a string");
    assertThat(lines.get("line 10").get("error").asText()).contains("not JSON");
  }

  @Test
  void readsMoreRowsThanAtOnce() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      String text = "Mill %d is the mill. ".formatted(i).repeat(30);
      rows.append(
          "{\"id\": \"%d\", \"question\": \"Where is the mill?\", \"text\": \"%s\"}%n"
              .formatted(i, text));
    }

    Program program = Program.run("--batch", write(rows.toString()), "--at-once", "3");

    assertThat(program.exitCode()).isZero();
    Map<String, JsonNode> lines = lines(program);
    assertThat(lines).hasSize(50);
    lines.forEach(
        (id, json) ->
            assertThat(json.get("answer").asText()).isEqualTo("Mill " + id + " is the mill."));
  }

  @Test
  void tellsWhenRowsEndedEarly() throws IOException {
    Path rows =
        write("{\"id\": \"a\", \"question\": \"Where?\", \"text\": \"The mill is in Delft.\"}\n");

    assertThat(Program.run("--batch", rows, "--deadline", "0").exitCode()).isEqualTo(3);
  }

  private Path write(String rows) throws IOException {
    return Files.writeString(folder.resolve("rows.jsonl"), rows);
  }

  private static String error(Map<String, JsonNode> lines, String id) {
    return lines.get(id).get("error").asText();
  }

  private static Map<String, JsonNode> lines(Program program) throws IOException {
    Map<String, JsonNode> lines = new HashMap<>();
    for (String line : program.out().lines().toList()) {
      JsonNode json = Json.MAPPER.readTree(line);
      lines.put(
          json.get("id").isNull() ? "line " + json.get("line") : json.get("id").asText(), json);
    }
    return lines;
  }
}
