package io.github.smoothreading.langchain4j.teacher;

import static io.github.smoothreading.langchain4j.teacher.ScriptedTeacher.rightly;
import static io.github.smoothreading.langchain4j.teacher.ScriptedTeacher.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.langchain4j.teacher.ScriptedTeacher.Part;
import io.github.smoothreading.langchain4j.teacher.Teaching.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many tasks into one file: what is written, what is left out, and what a crash leaves behind. */
@Timeout(30)
class TeacherRunTest {
  private static final Path SAMPLE = Path.of("../training/readings-sample.jsonl");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("made").resolve("readings.jsonl");
  }

  private static String fact(int i) {
    return "House number " + i + " belongs to Anna" + i + ".";
  }

  private static TeacherTask task(int i) {
    String text =
        "The street is long. ".repeat(5 + i % 7) + fact(i) + " " + "It is cold. ".repeat(20);
    return TeacherTask.of(text, "Whose is house " + i + "?", "Anna" + i).withId("house-" + i);
  }

  private static List<TeacherTask> tasks(int from, int to) {
    List<TeacherTask> tasks = new ArrayList<>();
    for (int i = from; i < to; i++) {
      tasks.add(task(i));
    }
    return tasks;
  }

  private static int number(Part part) {
    return Integer.parseInt(part.question().replaceAll("\\D", ""));
  }

  private static String right(Part part) {
    return rightly(part, fact(number(part)), "Anna" + number(part));
  }

  private static SmoothReadingTeacher.Builder teacher(Function<Part, String> script) {
    return SmoothReadingTeacher.builder()
        .chatModel(new ScriptedTeacher(script))
        .chunkTokens(24, 60)
        .modelName("scripted");
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    JsonLines.read(file, rows::add);
    return rows;
  }

  @Test
  void writesReadingsThatTheTrainerReads() throws IOException {
    TeacherReport report = teacher(TeacherRunTest::right).build().teach(tasks(0, 12), file);

    assertThat(report.accepted()).isEqualTo(12);
    assertThat(report.acceptanceRate()).isEqualTo(1);
    assertThat(report.stoppedEarly()).isPositive();
    assertThat(report.cost().requests()).isGreaterThan(12);
    assertThat(report.time()).isPositive();
    assertThat(report.ended()).isEmpty();
    List<TrainingReading> readings = TrainingReading.readAll(file);
    assertThat(readings).hasSize(12);
    for (int i = 0; i < 12; i++) {
      assertThat(readings.get(i).answer()).contains("Anna" + i);
      assertThat(readings.get(i).id()).contains("house-" + i);
      JsonNode teacher = rows(file).get(i).get("teacher");
      assertThat(teacher.get("model").textValue()).isEqualTo("scripted");
      assertThat(teacher.get("chunk_tokens").intValue()).isBetween(24, 60);
      assertThat(teacher.get("answer").textValue()).isEqualTo("Anna" + i);
    }
  }

  @Test
  void countsWhatIsRefusedByRuleAndWritesItDown() throws IOException {
    Function<Part, String> mixed =
        part ->
            switch (number(part) % 4) {
              case 0 -> right(part);
              case 1 -> stop("House number one belongs to Anna.", "Anna");
              case 2 -> "no form";
              default -> throw new IllegalStateException("busy");
            };
    List<String> told = new ArrayList<>();
    TeacherReport report =
        teacher(mixed)
            .listener((task, teaching) -> told.add(task.id() + teaching.getClass().getSimpleName()))
            .build()
            .teach(tasks(0, 20), file);

    assertThat(report.accepted()).isEqualTo(5);
    assertThat(report.refused()).isEqualTo(Map.of(Rule.MISQUOTATION, 5, Rule.FORMAT, 5));
    assertThat(report.failed()).isEqualTo(5);
    assertThat(report.acceptanceRate()).isEqualTo(5 / 15.0);
    assertThat(report.toString())
        .contains("accepted 5 of 15 (33.3 %)")
        .contains("refused 5: misquotation")
        .contains("refused 5: format")
        .contains("failed 5, skipped 0");
    assertThat(TrainingReading.readAll(file)).hasSize(5);
    List<JsonNode> refusals = rows(file.resolveSibling("readings.refused.jsonl"));
    assertThat(refusals).hasSize(10);
    assertThat(refusals.get(0).get("id").textValue()).isEqualTo("house-1");
    assertThat(refusals.get(0).get("rule").textValue()).isEqualTo("misquotation");
    assertThat(refusals.get(0).get("detail").textValue()).contains("House number one belongs");
    assertThat(told).hasSize(20).startsWith("house-0Accepted", "house-1Refused", "house-2Refused");
  }

  /** Readings and refusals are not made twice; failures are tried again. */
  @Test
  void goesOnWhereItEnded() throws IOException {
    Function<Part, String> flawed =
        part -> {
          if (number(part) == 3) {
            throw new IllegalStateException("busy");
          }
          return number(part) == 4 ? "no form" : right(part);
        };
    teacher(flawed).build().teach(tasks(0, 6), file);
    ScriptedTeacher second = new ScriptedTeacher(TeacherRunTest::right);
    List<TeacherTask> twice = new ArrayList<>(tasks(0, 8));
    twice.addAll(tasks(6, 8));
    TeacherReport report =
        SmoothReadingTeacher.builder().chatModel(second).build().teach(twice, file);

    assertThat(report.accepted()).isEqualTo(3);
    assertThat(report.skipped()).isEqualTo(7);
    assertThat(TrainingReading.readAll(file))
        .extracting(reading -> reading.id().orElseThrow())
        .containsExactly(
            "house-0", "house-1", "house-2", "house-5", "house-3", "house-6", "house-7");
  }

  /** Wherever a crash cuts the last line, the lines before it stay, and the run can go on. */
  @Test
  void aCrashLosesTheLineUnderWayAtMost() throws IOException {
    teacher(TeacherRunTest::right).build().teach(tasks(0, 3), file);
    byte[] whole = Files.readAllBytes(file);
    int lastLine =
        new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1)
                .lastIndexOf('\n', whole.length - 2)
            + 1;
    for (int cut = lastLine; cut < whole.length; cut += 23) {
      Files.write(file, Arrays.copyOf(whole, cut));
      TeacherReport report = teacher(TeacherRunTest::right).build().teach(tasks(0, 3), file);
      assertThat(report.accepted()).as("cut at %d of %d", cut, whole.length).isEqualTo(1);
      assertThat(Files.readAllBytes(file)).as("cut at %d", cut).isEqualTo(whole);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThat(teacher(TeacherRunTest::right).build().teach(tasks(0, 4), file).accepted())
        .as("a whole reading without its line break is kept")
        .isEqualTo(1);
    assertThat(TrainingReading.readAll(file)).hasSize(4);
  }

  @Test
  void addsToReadingsFromElsewhere() throws IOException {
    Files.createDirectories(file.getParent());
    Files.copy(SAMPLE, file);
    teacher(TeacherRunTest::right).build().teach(tasks(0, 1), file);
    assertThat(TrainingReading.readAll(file)).hasSize(5);
    assertThat(Files.readString(file)).startsWith(Files.readString(SAMPLE));
  }

  @Test
  void leavesABrokenFileAlone() throws IOException {
    Files.createDirectories(file.getParent());
    String broken = "{\"question\": \"What?\"}\n";
    Files.writeString(file, broken);
    ScriptedTeacher model = new ScriptedTeacher(TeacherRunTest::right);
    SmoothReadingTeacher teacher = SmoothReadingTeacher.builder().chatModel(model).build();
    assertThatThrownBy(() -> teacher.teach(tasks(0, 1), file))
        .isInstanceOf(BadLineException.class)
        .hasMessageContaining("readings.jsonl, line 1: answer is missing");
    assertThat(Files.readString(file)).isEqualTo(broken);
    assertThatThrownBy(() -> teacher.teach(tasks(0, 1), folder.resolve("readings.jsonl.gz")))
        .hasMessageContaining("compress the finished file");
    assertThat(model.requests).isEmpty();
  }

  @Test
  void twoRunsCannotWriteOneFile() throws IOException {
    Function<Part, String> meddling =
        part -> {
          assertThatThrownBy(() -> teacher(TeacherRunTest::right).build().teach(tasks(5, 6), file))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("is being written by another run");
          return right(part);
        };
    assertThat(teacher(meddling).build().teach(tasks(0, 2), file).accepted()).isEqualTo(2);
  }

  @Test
  void endsWhenTheModelIsGone() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Function<Part, String> gone =
        part -> {
          if (asked.getAndIncrement() > 0 && number(part) > 2) {
            throw new IllegalStateException("connection refused");
          }
          return right(part);
        };
    TeacherReport report = teacher(gone).failuresInARow(4).build().teach(tasks(0, 1_000), file);
    assertThat(report.accepted()).isEqualTo(3);
    assertThat(report.failed()).isEqualTo(4);
    assertThat(report.ended())
        .hasValueSatisfying(
            why -> assertThat(why).contains("4 readings in a row").contains("connection refused"));
  }

  @Test
  void readsSeveralDocumentsAtOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(4);
    AtomicInteger first = new AtomicInteger();
    Function<Part, String> meeting =
        part -> {
          if (first.incrementAndGet() <= 4) {
            try {
              together.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new AssertionError("not four at once", e);
            }
          }
          return right(part);
        };
    ExecutorService executor = Executors.newFixedThreadPool(9);
    try {
      TeacherReport report =
          teacher(meeting).atOnce(4).executor(executor).build().teach(tasks(0, 40), file);
      assertThat(report.accepted()).isEqualTo(40);
    } finally {
      executor.shutdown();
    }
    Path plain = folder.resolve("plain.jsonl");
    teacher(TeacherRunTest::right).build().teach(tasks(0, 40), plain);
    assertThat(Files.readAllLines(file))
        .as("the order differs, the readings do not")
        .containsExactlyInAnyOrderElementsOf(Files.readAllLines(plain));
  }

  @Test
  void anInterruptEndsTheRunBetweenRequests() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Function<Part, String> slow =
        part -> {
          if (number(part) == 2) {
            reading.countDown();
            try {
              interrupted.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          return right(part);
        };
    List<TeacherReport> reports = new ArrayList<>();
    AtomicInteger flagKept = new AtomicInteger();
    Thread thread =
        new Thread(
            () -> {
              try {
                reports.add(teacher(slow).build().teach(tasks(0, 1_000), file));
                flagKept.set(Thread.currentThread().isInterrupted() ? 1 : 0);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    reading.await();
    thread.interrupt();
    Thread.sleep(50);
    interrupted.countDown();
    thread.join();
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).ended()).contains("interrupted");
    assertThat(reports.get(0).accepted()).isBetween(2, 3);
    assertThat(reports.get(0).failed()).isZero();
    assertThat(flagKept).hasValue(1);
    assertThat(
            teacher(TeacherRunTest::right).build().teach(tasks(0, 5), file).accepted()
                + reports.get(0).accepted())
        .isEqualTo(5);
  }

  /** An error of our own or of the listener's is no judgement of a reading: it comes out. */
  @Test
  void errorsComeOut() throws IOException {
    SmoothReadingTeacher teacher =
        teacher(TeacherRunTest::right)
            .listener(
                (task, teaching) -> {
                  if (task.id().equals("house-2")) {
                    throw new IllegalStateException("the listener broke");
                  }
                })
            .build();
    assertThatThrownBy(() -> teacher.teach(tasks(0, 9), file)).hasMessage("the listener broke");
    assertThat(TrainingReading.readAll(file)).hasSize(3);
  }

  @Test
  void readsQuestionsFromJsonLines() throws IOException {
    Path questions = folder.resolve("questions.jsonl");
    Files.writeString(
        questions,
        """
        {"id": 7, "question": "Whose is house 1?", "text": "House number 1 belongs to Anna1.", "answer": "Anna1", "source": "s", "licence": "CC0-1.0"}
        {"question": "Whose is house 2?", "context": "House number 2 belongs to Anna2.", "answers": {"text": ["Anna2", "Ann"], "answer_start": [26, 26]}}

        {"question": "Whose is house 3?", "text": "House number 2 belongs to Anna2.", "answers": []}
        {"question": "Whose is house 4?", "text": "House number 2 belongs to Anna2.", "answer": null, "everything": true}
        """);
    TeacherReport report = teacher(TeacherRunTest::right).build().teach(questions, file);
    assertThat(report.accepted()).isEqualTo(4);
    assertThat(report.withoutAnswer()).isEqualTo(2);
    List<TrainingReading> readings = TrainingReading.readAll(file);
    assertThat(readings.get(0).id()).contains("7");
    assertThat(readings.get(0).source()).isEqualTo("s");
    assertThat(readings.get(1).answer()).contains("Anna2");
    assertThat(readings.get(1).id().orElseThrow()).hasSize(24);
    assertThat(readings.get(3).everything()).isTrue();
  }

  @Test
  void checksAllQuestionsBeforeTheFirstRequest() throws IOException {
    Path questions = folder.resolve("questions.jsonl");
    ScriptedTeacher model = new ScriptedTeacher(TeacherRunTest::right);
    SmoothReadingTeacher teacher = SmoothReadingTeacher.builder().chatModel(model).build();
    String good = "{\"question\": \"Whose is house 1?\", \"text\": \"x\", \"answer\": \"y\"}\n";
    Map<String, String> bad =
        Map.of(
            "{\"question\": \"Q?\", \"text\": \"x\"}", "answer is missing; write null",
            "{\"question\": \"Q?\", \"answer\": \"x\"}", "text is missing",
            "{\"question\": \"\", \"text\": \"x\", \"answer\": \"x\"}", "the question is blank",
            "{\"question\": \"Q?\", \"text\": \"x\", \"answer\": \" \"}", "the answer is blank");
    for (Map.Entry<String, String> entry : bad.entrySet()) {
      Files.writeString(questions, good + entry.getKey());
      assertThatThrownBy(() -> teacher.teach(questions, file))
          .isInstanceOf(BadLineException.class)
          .hasMessageContaining("questions.jsonl, line 2: " + entry.getValue());
    }
    assertThat(model.requests).isEmpty();
  }
}
