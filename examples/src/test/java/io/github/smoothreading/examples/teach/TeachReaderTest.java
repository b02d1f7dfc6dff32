package io.github.smoothreading.examples.teach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.smoothreading.langchain4j.teacher.TeacherReport;
import io.github.smoothreading.langchain4j.teacher.TrainingReading;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program against a server on this machine that speaks OpenAI's protocol and reads rightly. */
class TeachReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FACT = "The lease ends on 31 May 2027.";
  private static final String LEASE =
      "The tenant keeps the stairs clean. ".repeat(12) + FACT + " " + "No dogs. ".repeat(25);

  @TempDir Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private String url;
  private Path out;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::complete);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    url = "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
    out = folder.resolve("readings.jsonl");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void complete(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    JsonNode messages = JSON.readTree(exchange.getRequestBody()).get("messages");
    JsonNode content = messages.get(messages.size() - 1).get("content");
    String request = content.isTextual() ? content.asText() : content.findValue("text").asText();
    int part = request.indexOf("The part of the text");
    boolean here = request.indexOf(FACT, part) >= 0;
    boolean known = request.substring(0, part).contains(FACT);
    boolean asked = request.contains("Question: When");
    boolean stop = request.contains("This is the last part") || asked && here;
    String reply =
        "CLUES:\n- %s\nREASON: x\nACTION: %s"
            .formatted(
                asked && here ? FACT : "none",
                !stop
                    ? "READ"
                    : "STOP\nANSWER: " + (asked && (here || known) ? "31 May 2027" : "NOT FOUND"));
    ObjectNode body = JSON.createObjectNode();
    body.put("id", "1").put("object", "chat.completion").put("model", "scripted");
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", reply);
    body.putObject("usage")
        .put("prompt_tokens", 1_000)
        .put("completion_tokens", 20)
        .put("total_tokens", 1_020);
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Path questions() throws IOException {
    Path file = folder.resolve("questions.jsonl");
    ObjectNode ends = JSON.createObjectNode().put("id", "ends").put("text", LEASE);
    ends.put("question", "When does the lease end?").put("answer", "31 May 2027");
    ObjectNode wrong = ends.deepCopy().put("id", "wrong").put("answer", "1 June 1999");
    ObjectNode lift = JSON.createObjectNode().put("id", "lift").put("text", LEASE);
    lift.put("question", "Who pays for the lift?").putNull("answer");
    Files.writeString(file, ends + "\n" + wrong + "\n" + lift + "\n");
    return file;
  }

  private record Run(int exitCode, String out, String err) {}

  private Run run(String... arguments) {
    StringWriter printed = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        TeachReader.commandLine()
            .setOut(new PrintWriter(printed, true))
            .setErr(new PrintWriter(errors, true))
            .execute(arguments);
    return new Run(exitCode, printed.toString(), errors.toString());
  }

  @Test
  void makesReadingsAndGoesOn() throws IOException {
    String[] arguments = {
      "--questions",
      questions() + "",
      "--out",
      out + "",
      "--base-url",
      url,
      "--model",
      "scripted",
      "--chunk",
      "48",
      "64",
      "--at-once",
      "3"
    };
    Run first = run(arguments);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("accepted 2 of 3 (66.7 %): 1 stopped early, 1 without an answer")
        .contains("refused 1: wrong answer")
        .contains("%d requests, %d tokens in".formatted(requests.get(), 1_000 * requests.get()));
    assertThat(first.err())
        .contains("accepted ends: ")
        .contains("refused wrong: wrong answer: '31 May 2027' instead of '1 June 1999'");
    List<TrainingReading> readings = TrainingReading.readAll(out);
    assertThat(readings)
        .extracting(reading -> reading.id().orElseThrow())
        .containsExactlyInAnyOrder("ends", "lift");
    assertThat(Files.readString(out)).contains("\"model\":\"scripted\"");

    int before = requests.get();
    Run second = run(arguments);
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("skipped 3");
    assertThat(requests).hasValue(before);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"question\": \"Who?\"}");
    Run broken = run("--questions", bad + "", "--out", out + "", "--model", "m", "--base-url", url);
    assertThat(broken.exitCode()).isEqualTo(2);
    assertThat(broken.err()).contains("bad.jsonl, line 1: text is missing").doesNotContain("\tat ");
    Run keyless =
        run(
            "--questions",
            bad + "",
            "--out",
            out + "",
            "--model",
            "m",
            "--api-key-from",
            "NO_SUCH_KEY");
    assertThat(keyless.err()).contains("NO_SUCH_KEY is not set");
    assertThat(requests).hasValue(0);
  }

  @Test
  void fromCode() throws IOException {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    TeacherReport report =
        TeachFromCode.teach(TeachReader.chatModel(url, "none", "scripted"), LEASE, out, nowhere);
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.refusals()).as("the rooms are not in this lease").isEqualTo(1);
    assertThat(TrainingReading.readAll(out)).hasSize(2);
  }
}
