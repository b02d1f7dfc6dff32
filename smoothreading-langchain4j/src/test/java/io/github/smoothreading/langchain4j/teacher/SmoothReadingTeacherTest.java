package io.github.smoothreading.langchain4j.teacher;

import static io.github.smoothreading.langchain4j.teacher.ScriptedTeacher.read;
import static io.github.smoothreading.langchain4j.teacher.ScriptedTeacher.rightly;
import static io.github.smoothreading.langchain4j.teacher.ScriptedTeacher.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.smoothreading.langchain4j.teacher.ScriptedTeacher.Part;
import io.github.smoothreading.langchain4j.teacher.Teaching.Rule;
import io.github.smoothreading.summary.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One task at a time: what is kept, and which rule refuses the rest. */
class SmoothReadingTeacherTest {
  private static final String FACT = "The clock was mended by a dentist from Ludlow.";
  private static final String ANSWER = "a dentist from Ludlow";
  private static final String TEXT =
      "It rained on the market. ".repeat(12) + FACT + " " + "The choir sang badly. ".repeat(12);
  private static final String QUESTION = "Who mended the clock?";
  private static final TeacherTask TASK = TeacherTask.of(TEXT, QUESTION, ANSWER);
  private static final TeacherTask NOT_THERE = TeacherTask.unanswerable(TEXT, QUESTION);

  private static SmoothReadingTeacher.Builder teacher(Function<Part, String> script) {
    return SmoothReadingTeacher.builder()
        .chatModel(new ScriptedTeacher(script))
        .chunkTokens(40)
        .modelName("scripted");
  }

  private static String right(Part part) {
    return rightly(part, FACT, ANSWER);
  }

  private static TrainingReading accepted(Teaching teaching) {
    assertThat(teaching).isInstanceOf(Teaching.Accepted.class);
    return ((Teaching.Accepted) teaching).reading();
  }

  @Test
  void keepsARightReading() {
    ScriptedTeacher model = new ScriptedTeacher(SmoothReadingTeacherTest::right);
    Teaching teaching =
        SmoothReadingTeacher.builder()
            .chatModel(model)
            .chunkTokens(40)
            .build()
            .teach(TASK.withId("clock-1").withOrigin("parish news", "CC0-1.0"));

    TrainingReading reading = accepted(teaching);
    assertThat(reading.id()).contains("clock-1");
    assertThat(reading.question()).isEqualTo(QUESTION);
    assertThat(reading.answer()).contains(ANSWER);
    assertThat(reading.complete()).isFalse();
    assertThat(reading.source()).isEqualTo("parish news");
    assertThat(reading.licence()).isEqualTo("CC0-1.0");
    assertThat(TEXT).startsWith(joined(reading));
    assertThat(clues(reading)).containsExactly(FACT);
    TrainingReading.Round last = reading.rounds().get(reading.rounds().size() - 1);
    assertThat(last.clues()).containsExactly(FACT);
    assertThat(last.action()).isEqualTo(Action.STOP);
    assertThat(teaching.cost().requests()).isEqualTo(reading.rounds().size());
    assertThat(teaching.cost().inputTokens()).isGreaterThan(teaching.cost().outputTokens());
    assertThat(teaching.cost().outputTokens()).isPositive();
  }

  /** What an earlier part said reaches a later request through the notes alone. */
  @Test
  void dropsTheMemoryBetweenChunks() {
    ScriptedTeacher model = new ScriptedTeacher(SmoothReadingTeacherTest::right);
    SmoothReadingTeacher.builder()
        .chatModel(model)
        .chunkTokens(40)
        .earlyStop(false)
        .build()
        .teach(TASK);

    assertThat(model.requests).hasSizeGreaterThan(3);
    List<ChatMessage> beginning = model.requests.get(0).subList(0, 7);
    assertThat(beginning.get(0)).isInstanceOf(SystemMessage.class);
    assertThat(model.requests)
        .allSatisfy(
            request -> {
              assertThat(request).hasSize(8).startsWith(beginning.toArray(ChatMessage[]::new));
            });
    String last = ((UserMessage) model.requests.get(model.requests.size() - 1).get(7)).singleText();
    assertThat(last).contains("- " + FACT).contains("This is the last part").doesNotContain("rain");
  }

  /** The worked example is a reading that this teacher would keep. */
  @Test
  void theExampleKeepsTheRules() {
    ScriptedTeacher model = new ScriptedTeacher(SmoothReadingTeacherTest::right);
    SmoothReadingTeacher.builder().chatModel(model).chunkTokens(40).build().teach(TASK);
    List<ChatMessage> example = model.requests.get(0).subList(1, 7);
    for (int i = 0; i < example.size(); i += 2) {
      String part = ((UserMessage) example.get(i)).singleText();
      TeacherReply reply = TeacherReply.parse(((AiMessage) example.get(i + 1)).text());
      assertThat(reply.action()).isEqualTo(i == 4 ? Action.STOP : Action.READ);
      assertThat(reply.clues()).hasSize(i == 0 ? 0 : 1).allMatch(part::contains);
    }
  }

  @Test
  void keepsThatATextDoesNotAnswer() {
    TrainingReading reading =
        accepted(
            teacher(part -> part.last() ? stop("none", "Not found.") : read("none"))
                .build()
                .teach(NOT_THERE));
    assertThat(reading.answer()).isEmpty();
    assertThat(reading.complete()).isTrue();
    assertThat(joined(reading)).isEqualTo(TEXT);
    assertThat(clues(reading)).isEmpty();
  }

  @Test
  void readsToTheEndWhereEverythingIsNeeded() {
    TrainingReading reading =
        accepted(teacher(SmoothReadingTeacherTest::right).build().teach(TASK.withEverything()));
    assertThat(reading.everything()).isTrue();
    assertThat(reading.complete()).isTrue();
    assertThat(joined(reading)).isEqualTo(TEXT);
  }

  /** Which rule refuses which work; a part that the rule is not about is read rightly. */
  static Stream<Arguments> badWork() {
    return Stream.of(
        broken(Rule.FORMAT, TASK, "Sure! Here is what I found."),
        broken(Rule.FORMAT, TASK, "CLUES:\n- none\nREASON: x"),
        broken(Rule.FORMAT, TASK, "CLUES:\n- none\nREASON: x\nACTION: perhaps"),
        broken(Rule.FORMAT, TASK, "CLUES:\n- none\nREASON: x\nACTION: STOP"),
        broken(Rule.FORMAT, TASK, "ACTION: READ\nCLUES:\n- none"),
        broken(Rule.FORMAT, TASK, ""),
        broken(Rule.FORMAT, NOT_THERE, read("none")),
        broken(Rule.MISQUOTATION, TASK, stop("The clock was mended by a Ludlow dentist.", ANSWER)),
        broken(Rule.MISQUOTATION, TASK, stop(FACT.toUpperCase(), ANSWER)),
        broken(Rule.MISQUOTATION, TASK, stop("The clock was mended...", ANSWER)),
        broken(Rule.TOO_LONG, TASK, stop(TEXT.substring(0, 140), ANSWER)),
        broken(Rule.TOO_LONG, TeacherTask.of(TEXT, "Who? ".repeat(70), ANSWER), read("none")),
        broken(Rule.EARLY_STOP, TASK.withEverything(), stop(FACT, ANSWER)),
        broken(Rule.EARLY_STOP, TASK, stop("none", "NOT FOUND")),
        broken(Rule.EARLY_STOP, NOT_THERE, stop("none", "NOT FOUND")),
        broken(Rule.WRONG_ANSWER, TASK, stop(FACT, "a barber from Leeds")),
        broken(Rule.INVENTED, NOT_THERE, stop(FACT, ANSWER)),
        broken(Rule.WITHOUT_CLUE, TASK, stop("none", ANSWER)));
  }

  private static Arguments broken(Rule rule, TeacherTask task, String reply) {
    return Arguments.of(rule, task, reply);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("badWork")
  void refuses(Rule rule, TeacherTask task, String reply) {
    Function<Part, String> script =
        part -> {
          boolean here =
              rule == Rule.FORMAT && !task.answers().isEmpty()
                  || part.last()
                  || part.chunk().contains(FACT) && !reply.contains(TEXT.substring(0, 9));
          return here || reply.contains("It rained") ? reply : read("none");
        };
    Teaching teaching = teacher(script).clueTokens(30).build().teach(task);
    assertThat(teaching).isInstanceOf(Teaching.Refused.class);
    Teaching.Refused refused = (Teaching.Refused) teaching;
    assertThat(refused.rule()).as(refused.detail()).isEqualTo(rule);
    assertThat(refused.detail()).isNotBlank();
  }

  @Test
  void refusesWhatIsMissedAtTheEnd() {
    Teaching teaching =
        teacher(part -> part.last() ? stop("none", "NOT FOUND") : read("none")).build().teach(TASK);
    assertThat(teaching)
        .isInstanceOfSatisfying(
            Teaching.Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.MISSED));
  }

  @Test
  void cluesWithoutAnAnswerAreAChoice() {
    Function<Part, String> script =
        part ->
            part.last()
                ? stop("none", "NOT FOUND")
                : read(part.chunk().contains(FACT) ? FACT : "none");
    assertThat(teacher(script).build().teach(NOT_THERE))
        .isInstanceOfSatisfying(
            Teaching.Refused.class,
            refused -> assertThat(refused.rule()).isEqualTo(Rule.NEEDLESS_CLUE));
    assertThat(clues(accepted(teacher(script).cluesWithoutAnswer(true).build().teach(NOT_THERE))))
        .containsExactly(FACT);
  }

  @Test
  void earlyStopsAreAChoice() {
    Function<Part, String> eager =
        part -> part.chunk().contains(FACT) ? stop(FACT, ANSWER) : read("none");
    assertThat(accepted(teacher(eager).build().teach(TASK)).complete()).isFalse();
    assertThat(teacher(eager).earlyStop(false).build().teach(TASK))
        .isInstanceOfSatisfying(
            Teaching.Refused.class,
            refused -> assertThat(refused.rule()).isEqualTo(Rule.EARLY_STOP));
  }

  @Test
  void asksOnceMoreForTheForm() {
    Function<Part, String> hasty = part -> part.again() ? right(part) : "Let me see.";
    Teaching teaching = teacher(hasty).build().teach(TASK);
    TrainingReading reading = accepted(teaching);
    assertThat(teaching.cost().requests()).isEqualTo(2 * reading.rounds().size());
    assertThat(teacher(hasty).attempts(1).build().teach(TASK)).isInstanceOf(Teaching.Refused.class);
  }

  @Test
  void notesThatAreRepeatedAreNotNew() {
    Function<Part, String> repeating =
        part -> {
          boolean known = part.notes().contains(FACT);
          String clue = known || part.chunk().contains(FACT) ? FACT : "none";
          return part.last() ? stop(clue, ANSWER) : read(clue);
        };
    assertThat(clues(accepted(teacher(repeating).build().teach(TASK)))).containsExactly(FACT);
  }

  @Test
  void answersWithTheGivenWordsAndKeepsTheTeachers() {
    TeacherTask aliases =
        new TeacherTask(
            "x", TEXT, QUESTION, List.of("the tooth-drawer", "dentist from Ludlow"), false, "", "");
    Teaching teaching =
        teacher(part -> rightly(part, FACT, "It was mended by the dentist from Ludlow!"))
            .build()
            .teach(aliases);
    assertThat(accepted(teaching).answer()).contains("dentist from Ludlow");
    assertThat(((Teaching.Accepted) teaching).answer())
        .isEqualTo("It was mended by the dentist from Ludlow!");
  }

  @Test
  void exceptionsOfTheModelAreNoJudgement() {
    IllegalStateException noCredit = new IllegalStateException("no credit left");
    Teaching teaching =
        teacher(
                part -> {
                  if (part.last()) {
                    throw noCredit;
                  }
                  return read("none");
                })
            .build()
            .teach(TASK);
    assertThat(teaching)
        .isInstanceOfSatisfying(
            Teaching.Failed.class,
            failed -> {
              assertThat(failed.cause()).isSameAs(noCredit);
              assertThat(failed.cost().requests()).isGreaterThan(2);
            });
  }

  /** A quotation with other white space is replaced by the chunk's own characters, in any text. */
  @Test
  void mendsWhiteSpaceAndNothingElse() {
    String[] spaces = {" ", "\n", "  ", "\u00a0", "\r\n", "\t", "\u2009", " \n "};
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      List<String> words = new ArrayList<>();
      for (int i = 0; i < 60 + random.nextInt(60); i++) {
        String word = random.nextInt(9) == 0 ? "\ud83e\udebf\u201c" + i + "\u201d" : "word" + i;
        words.add(word);
        text.append(i == 0 ? "" : spaces[random.nextInt(spaces.length)]).append(word);
      }
      int from = random.nextInt(words.size() - 5);
      String quotation = String.join(" ", words.subList(from, from + 3 + random.nextInt(3)));
      String wanted = quotation.replace(" ", "");
      Function<Part, String> reflowing =
          part -> {
            boolean here = part.chunk().replaceAll("[\\s\\p{Z}]+", "").contains(wanted);
            boolean known = part.notes().replaceAll("[\\s\\p{Z}]+", "").contains(wanted);
            String clue = here && !known ? quotation : "none";
            return part.last() ? stop(clue, here || known ? "x" : "NOT FOUND") : read(clue);
          };
      Teaching teaching =
          teacher(reflowing)
              .chunkTokens(400 + random.nextInt(200))
              .build()
              .teach(TeacherTask.of(text.toString(), "Which?", "x"));
      TrainingReading reading = accepted(teaching);
      assertThat(clues(reading)).as("seed %d", seed).hasSize(1);
      assertThat(text.toString()).as("seed %d", seed).contains(clues(reading).get(0));
      assertThat(clues(reading).get(0).replaceAll("[\\s\\p{Z}]+", ""))
          .as("seed %d", seed)
          .isEqualTo(wanted);
    }
  }

  @Test
  void chunkSizesAreDrawnBySeedAndId() {
    ScriptedTeacher model =
        new ScriptedTeacher(part -> part.last() ? stop("none", "NOT FOUND") : read("none"));
    Set<Integer> sizes = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      TeacherTask task = NOT_THERE.withId("task-" + i);
      SmoothReadingTeacher.Builder builder =
          SmoothReadingTeacher.builder().chatModel(model).chunkTokens(16, 64).seed(7);
      int size = ((Teaching.Accepted) builder.build().teach(task)).chunkTokens();
      assertThat(((Teaching.Accepted) builder.build().teach(task)).chunkTokens()).isEqualTo(size);
      sizes.add(size);
    }
    assertThat(sizes).hasSizeGreaterThan(10).allMatch(size -> size >= 16 && size <= 64);
  }

  @Test
  void saysWhatIsWrongWithItsOptions() {
    assertThatThrownBy(() -> SmoothReadingTeacher.builder().build())
        .hasMessageContaining("chatModel is missing");
    assertThatThrownBy(() -> SmoothReadingTeacher.builder().chunkTokens(8))
        .hasMessageContaining("chunkTokens is 8");
    assertThatThrownBy(() -> SmoothReadingTeacher.builder().chunkTokens(512, 256))
        .hasMessageContaining("chunkTokens is 256; give at least 512");
    assertThatThrownBy(() -> SmoothReadingTeacher.builder().answerF1(0))
        .hasMessageContaining("answerF1 is 0");
    assertThatThrownBy(() -> TeacherTask.of(" \n", "Who?", "he"))
        .hasMessageContaining("the text is blank");
    assertThatThrownBy(() -> TeacherTask.of("half \ud83e", "Who?", "he"))
        .hasMessageContaining("half a surrogate pair");
  }

  private static String joined(TrainingReading reading) {
    StringBuilder text = new StringBuilder();
    reading.rounds().forEach(round -> text.append(round.chunk()));
    return text.toString();
  }

  private static List<String> clues(TrainingReading reading) {
    return reading.rounds().stream().flatMap(round -> round.clues().stream()).toList();
  }
}
