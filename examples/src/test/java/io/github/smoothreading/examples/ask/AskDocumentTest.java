package io.github.smoothreading.examples.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskDocumentTest {
  private static final String FILLER = "The harbour lay still, and nobody spoke of it. ";
  private static final String NEEDLE = "Old Piet keeps a \u201Clighthouse\u201D on Vlieland.";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = folder.resolve("harbour.txt");
    Files.writeString(file, FILLER.repeat(20) + NEEDLE + "\n" + FILLER.repeat(20));
  }

  @Test
  void printsAnswerCluesAndCoverage() {
    Program program = Program.run("--question", "Who keeps the Vlieland?", file);

    assertThat(program.exitCode()).isZero();
    assertThat(program.out())
        .contains("Answer    " + NEEDLE)
        .contains("harbour.txt, characters 940 to 982")
        .contains(">>" + NEEDLE + "<<")
        .contains("stopped there, because the answer was found")
        .contains("Not read  harbour.txt, characters");
    assertThat(program.err()).isEmpty();
  }

  @Test
  void writesNoControlCharactersIntoPipe() throws IOException {
    String text = "A clue\u001b[2J with \u0007 Vlieland\u009b31m in it.";
    Files.writeString(file, text);

    Program program = Program.run("-q", "Where is Vlieland?", file);
    Program asJson = Program.run("--json", "-q", "Where is Vlieland?", file);

    assertThat(program.out()).contains("Vlieland").doesNotContainPattern("[\\p{Cc}&&[^\n]]");
    assertThat(asJson.out()).doesNotContainPattern("[\\p{Cc}&&[^\n]]");
    assertThat(Json.MAPPER.readTree(asJson.out()).get("answer").asText()).isEqualTo(text);
  }

  @Test
  void showsProgressOnTerminal() {
    Program program = Program.runOnTerminal("-q", "Who keeps the Vlieland?", file);

    assertThat(program.out())
        .contains("\rchunk 1 of ~")
        .contains("tokens/s")
        .contains("left\u001b[K");
    assertThat(program.out()).contains("\r\u001b[KQuestion  Who keeps");
  }

  @Test
  void jsonHasTheDocumentedShape() throws IOException {
    Program program = Program.run("--json", "-q", "Who keeps the Vlieland?", file);

    assertThat(program.exitCode()).isZero();
    assertThat(program.out().lines()).hasSize(1);
    JsonNode json = Json.MAPPER.readTree(program.out());
    assertThat(names(json))
        .containsExactly(
            "id",
            "answer",
            "found",
            "endedBecause",
            "clues",
            "stoppedEarly",
            "coverage",
            "usage",
            "seconds");
    assertThat(names(json.get("clues").get(0)))
        .containsExactly("text", "part", "start", "end", "verified");
    assertThat(names(json.get("coverage"))).containsExactly("charsRead", "charsTotal", "unread");
    assertThat(names(json.get("coverage").get("unread").get(0)))
        .containsExactly("part", "start", "end");
    assertThat(names(json.get("usage")))
        .containsExactly(
            "tokensRead", "tokensReused", "tokensGenerated", "tokensAccepted", "rounds");
    assertThat(json.get("id").asText()).isEqualTo("harbour.txt");
    assertThat(json.get("endedBecause").asText()).isEqualTo("answered");
    assertThat(json.get("stoppedEarly").asBoolean()).isTrue();
    JsonNode clue = json.get("clues").get(0);
    assertThat(Files.readString(file).substring(clue.get("start").asInt(), clue.get("end").asInt()))
        .isEqualTo(clue.get("text").asText())
        .isEqualTo(NEEDLE);
  }

  @Test
  void tellsNotFoundFromAnswered() throws IOException {
    Program program = Program.run("--json", "-q", "Who was Napoleon?", file);

    assertThat(program.exitCode()).isEqualTo(1);
    JsonNode json = Json.MAPPER.readTree(program.out());
    assertThat(json.get("answer").isNull()).isTrue();
    assertThat(json.get("found").asBoolean()).isFalse();
    assertThat(json.get("endedBecause").asText()).isEqualTo("not-found");
    assertThat(json.get("coverage").get("unread")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--deadline,0,deadline", "--max-tokens,300,budget"})
  void limitsGiveWhatThereIs(String option, String value, String because) throws IOException {
    Program program = Program.run("--json", option, value, "-q", "Who was Napoleon?", file);

    assertThat(program.exitCode()).isEqualTo(3);
    JsonNode json = Json.MAPPER.readTree(program.out());
    assertThat(json.get("endedBecause").asText()).isEqualTo(because);
    assertThat(json.get("coverage").get("unread")).isNotEmpty();
  }

  @Test
  void readsOnWhenToldNeverToStop() throws IOException {
    Program program =
        Program.run("--json", "--stop", "never", "-q", "Who keeps the Vlieland?", file);

    JsonNode json = Json.MAPPER.readTree(program.out());
    assertThat(json.get("stoppedEarly").asBoolean()).isFalse();
    assertThat(json.get("coverage").get("unread")).isEmpty();
  }

  @Test
  void readsSeveralFilesAsOneDocument() throws IOException {
    Path other = Files.writeString(folder.resolve("other.txt"), "Nothing to see in this one.");

    Program program = Program.run("--json", "-q", "Who keeps the Vlieland?", other, file);

    JsonNode clue = Json.MAPPER.readTree(program.out()).get("clues").get(0);
    assertThat(clue.get("part").asText()).isEqualTo(file.toString());
    assertThat(clue.get("start").asInt()).isEqualTo(940);
  }

  @Test
  void plansWithoutReading() throws IOException {
    assertThat(Program.run("--plan", "-q", "Who keeps the Vlieland?", file).out())
        .contains("W = 400 tokens, C = 200")
        .contains("Chunks    about 10");
    JsonNode json =
        Json.MAPPER.readTree(Program.run("--plan", "--json", "-q", "Who is it?", file).out());
    assertThat(names(json))
        .containsExactly(
            "window",
            "chunk",
            "round",
            "questionTokens",
            "chars",
            "tokens",
            "chunks",
            "seconds",
            "memoryBytes",
            "warnings");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.txt -q x               | 'missing.txt' does not exist",
        "missing.txt                    | no question",
        "--mode backwards               | none of kept, dropped, one-round",
        "--stop 1.5                     | none of model, verified, never",
        "--chunk many                   | --chunk",
        "--chunk 390                    | does not fit into the window",
        "--batch rows.jsonl -q x        | --batch brings its own questions",
        "--batch missing.jsonl          | 'missing.jsonl' cannot be read",
        "--charset klingon              | --charset",
        "--bogus                        | Unknown option"
      })
  void saysWhatIsWrong(String arguments, String message) {
    Program program = Program.run((Object[]) arguments.split(" "));

    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains(message).doesNotContain("\tat ");
    assertThat(program.err().lines()).hasSize(1);
    assertThat(program.out()).isEmpty();
  }

  @Test
  void forceReadsAllTheSame() {
    Program program =
        Program.run("--chunk", "390", "--force", "-q", "Who keeps the Vlieland?", file);

    assertThat(program.exitCode()).isZero();
    assertThat(program.err()).startsWith("Note: ").contains("as forced");
  }

  @Test
  void interruptGivesWhatThereIs() throws IOException {
    Interrupts interrupts = new Interrupts();
    interrupts.interrupt(false);

    Program program = Program.runInterrupted(interrupts, "--json", "-q", "Who was Xyzzy?");

    assertThat(program.exitCode()).isEqualTo(3);
    JsonNode json = Json.MAPPER.readTree(program.out());
    assertThat(json.get("endedBecause").asText()).isEqualTo("cancel");
    assertThat(json.get("answer").isNull()).isTrue();
  }

  @Test
  void asksTheBookWithoutArguments() throws IOException {
    JsonNode json = Json.MAPPER.readTree(Program.run("--json").out());

    assertThat(json.get("id").asText()).isEqualTo("moby-dick.txt");
    assertThat(json.get("coverage").get("charsTotal").asInt()).isEqualTo(1_190_317);
    assertThat(json.get("answer").asText()).contains("Derick\nDe Deer, master, of Bremen");
  }

  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
