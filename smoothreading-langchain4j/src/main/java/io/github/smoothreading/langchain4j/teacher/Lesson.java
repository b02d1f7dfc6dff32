package io.github.smoothreading.langchain4j.teacher;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.smoothreading.langchain4j.teacher.TeacherPrompt.Stage;
import io.github.smoothreading.langchain4j.teacher.Teaching.Cost;
import io.github.smoothreading.langchain4j.teacher.Teaching.Rule;
import io.github.smoothreading.langchain4j.teacher.TrainingReading.Round;
import io.github.smoothreading.summary.Action;
import io.github.smoothreading.summary.ClueLocator;
import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker;
import io.github.smoothreading.text.Chunker.Chunks;
import io.github.smoothreading.text.Place;
import io.github.smoothreading.text.TextSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One task, read by the teacher in memory-dropped rounds and judged as it goes: the first rule that
 * is broken ends it, so that nothing more is spent on it.
 */
final class Lesson {
  private final Curriculum plan;
  private final TeacherTask task;
  private final BooleanSupplier cancelled;
  private final List<String> notes = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();
  private final long begun = System.nanoTime();
  private int requests;
  private long inputTokens;
  private long outputTokens;

  Lesson(Curriculum plan, TeacherTask task, BooleanSupplier cancelled) {
    this.plan = plan;
    this.task = task;
    this.cancelled = cancelled;
  }

  Teaching hold() {
    try {
      return read();
    } catch (Refusal refusal) {
      return new Teaching.Refused(refusal.rule, refusal.detail, cost());
    } catch (ModelFailure failure) {
      return new Teaching.Failed(failure.exception, cost());
    }
  }

  private Teaching read() {
    int question = plan.tokens(task.question());
    require(
        question <= plan.questionTokens(), Rule.TOO_LONG, "the question has %d tokens", question);
    int chunkTokens = plan.chunkTokens(task.id());
    TextSource source = TextSource.of(task.id(), task.text());
    try (Chunks chunks = Chunker.bySeparators().cut(source, plan.encoder(), chunkTokens)) {
      while (true) {
        Chunk chunk = chunks.next();
        TeacherReply reply = ask(chunk);
        List<String> clues = newClues(chunk, reply.clues());
        notes.addAll(clues);
        rounds.add(new Round(chunk.text(), clues, reply.action()));
        String answer = reply.answer().orElse("");
        int round = plan.tokens(String.join("\n", notes) + "\n" + answer);
        require(
            round <= plan.roundTokens(),
            Rule.TOO_LONG,
            "after chunk %d clues and answer have %d tokens",
            chunk.index(),
            round);
        if (reply.answer().isPresent()) {
          return judged(chunk, answer, chunkTokens);
        }
      }
    }
  }

  /** The reply to a chunk, asked for again while it is not of the form. */
  private TeacherReply ask(Chunk chunk) {
    Stage stage = chunk.last() ? Stage.LAST : mayStopEarly() ? Stage.MAY_STOP : Stage.MUST_READ;
    List<ChatMessage> first = TeacherPrompt.messages(task.question(), notes, chunk.text(), stage);
    List<ChatMessage> messages = first;
    for (int attempt = 1; true; attempt++) {
      String written = chat(messages);
      try {
        TeacherReply reply = TeacherReply.parse(written);
        if (chunk.last() && reply.action() == Action.READ) {
          throw new IllegalArgumentException("its ACTION is READ, and no part is left");
        }
        return reply;
      } catch (IllegalArgumentException e) {
        String problem = String.valueOf(e.getMessage());
        require(
            attempt < plan.attempts(),
            Rule.FORMAT,
            "chunk %d: of the reply '%s': %s",
            chunk.index(),
            beginning(written),
            problem);
        messages = TeacherPrompt.again(first, written, problem);
      }
    }
  }

  private List<String> newClues(Chunk chunk, List<String> written) {
    List<String> clues = new ArrayList<>();
    for (String clue : written) {
      if (known(clue) || known(TeacherReply.unquoted(clue))) {
        continue;
      }
      String quoted =
          located(chunk, clue)
              .or(() -> located(chunk, TeacherReply.unquoted(clue)))
              .orElseThrow(
                  () ->
                      new Refusal(
                          Rule.MISQUOTATION,
                          "chunk %d does not hold '%s'".formatted(chunk.index(), clue)));
      int tokens = plan.tokens(quoted);
      require(tokens <= plan.clueTokens(), Rule.TOO_LONG, "'%s' has %d tokens", quoted, tokens);
      if (!known(quoted) && !clues.contains(quoted)) {
        clues.add(quoted);
      }
    }
    return clues;
  }

  private boolean known(String clue) {
    String wanted = plainSpaces(clue).replaceAll("\\s+", " ");
    return notes.stream()
        .anyMatch(note -> plainSpaces(note).replaceAll("\\s+", " ").equals(wanted));
  }

  /** The chunk's own characters where it holds the clue, whatever white space that was given. */
  private static Optional<String> located(Chunk chunk, String clue) {
    if (Texts.blank(clue)) {
      return Optional.empty();
    }
    if (chunk.text().contains(clue)) {
      return Optional.of(clue);
    }
    Chunk plain =
        new Chunk(
            chunk.index(),
            chunk.start(),
            plainSpaces(chunk.text()),
            chunk.ids(),
            chunk.segments(),
            chunk.last());
    // The source is one part without a header, so its places are those of the running text.
    return ClueLocator.locate(plain, plainSpaces(clue), chunk.index())
        .place()
        .map(place -> cutOut(chunk, place));
  }

  private static String cutOut(Chunk chunk, Place place) {
    return chunk
        .text()
        .substring((int) (place.start() - chunk.start()), (int) (place.end() - chunk.start()));
  }

  /** As long as before; every white space is one that {@link ClueLocator} takes for such. */
  private static String plainSpaces(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      if (Texts.space(plain.charAt(i)) && plain.charAt(i) != '\n') {
        plain.setCharAt(i, ' ');
      }
    }
    return plain.toString();
  }

  private Teaching judged(Chunk chunk, String said, int chunkTokens) {
    boolean early = !chunk.last();
    require(
        !early || mayStopEarly(),
        Rule.EARLY_STOP,
        "stopped after chunk %d, though all has to be read",
        chunk.index());
    Optional<String> answer = AnswerMatch.best(task.answers(), said, plan.answerF1());
    boolean notFound = answer.isEmpty() && AnswerMatch.notFound(said);
    require(!early || !notFound, Rule.EARLY_STOP, "gave up after chunk %d", chunk.index());
    if (task.answers().isEmpty()) {
      require(notFound, Rule.INVENTED, "'%s' to a question without an answer", said);
      require(
          notes.isEmpty() || plan.cluesWithoutAnswer(),
          Rule.NEEDLESS_CLUE,
          "noted '%s' for a question without an answer",
          String.join("' and '", notes));
    } else {
      require(!notFound, Rule.MISSED, "did not find '%s'", task.answers().get(0));
      require(
          answer.isPresent(),
          Rule.WRONG_ANSWER,
          "'%s' instead of '%s'",
          said,
          task.answers().get(0));
      require(!notes.isEmpty(), Rule.WITHOUT_CLUE, "'%s' without a clue", said);
    }
    TrainingReading reading =
        new TrainingReading(
            Optional.of(task.id()),
            task.question(),
            answer,
            rounds,
            chunk.last(),
            task.everything(),
            task.source(),
            task.licence());
    return new Teaching.Accepted(reading, said, chunkTokens, cost());
  }

  private boolean mayStopEarly() {
    return plan.earlyStop() && !task.everything();
  }

  private String chat(List<ChatMessage> messages) {
    if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new ModelFailure(new CancellationException("ended between two requests"));
    }
    requests++;
    ChatResponse response;
    try {
      response = plan.chatModel().chat(messages);
    } catch (RuntimeException e) {
      throw new ModelFailure(e);
    }
    String text = response.aiMessage().text() == null ? "" : response.aiMessage().text();
    TokenUsage usage = response.tokenUsage();
    Integer in = usage == null ? null : usage.inputTokenCount();
    Integer out = usage == null ? null : usage.outputTokenCount();
    inputTokens += in == null ? messages.stream().mapToInt(this::tokens).sum() : in;
    outputTokens += out == null ? plan.tokens(text) : out;
    return text;
  }

  private int tokens(ChatMessage message) {
    return plan.tokens(TeacherPrompt.text(message));
  }

  private Cost cost() {
    return new Cost(
        requests, inputTokens, outputTokens, Duration.ofNanos(System.nanoTime() - begun));
  }

  private static String beginning(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 120 ? line : line.substring(0, 120) + "\u2026";
  }

  private static void require(boolean holds, Rule rule, String detail, Object... values) {
    if (!holds) {
      throw new Refusal(rule, detail.formatted(values));
    }
  }

  /** Sets what the chat model throws apart from errors of our own. */
  private static final class ModelFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final RuntimeException exception;

    ModelFailure(RuntimeException exception) {
      super(exception);
      this.exception = exception;
    }
  }

  /** Leaves the lesson from wherever a rule is broken. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Rule rule;
    private final String detail;

    Refusal(Rule rule, String detail) {
      super(detail, null, false, false);
      this.rule = rule;
      this.detail = detail;
    }
  }
}
