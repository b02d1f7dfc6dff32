package io.github.smoothreading.langchain4j.teacher;

import dev.langchain4j.model.chat.ChatModel;
import io.github.smoothreading.langchain4j.ChatModelSummarizer;
import io.github.smoothreading.text.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a chat model read for questions whose answers are known, and keeps what a small reader can
 * be trained on.
 *
 * <p>A document is read in memory-dropped rounds: each request holds the rules, one worked example,
 * the question, the clues so far and one chunk. The reply names new clues and reads on or stops
 * with the answer. Rules then decide, as soon as they can, whether the reading is kept: the form,
 * every clue verbatim in its chunk, no early stop where it is not allowed, the answer the given one
 * ({@link Teaching.Rule} lists all). No model judges.
 *
 * <pre>{@code
 * SmoothReadingTeacher teacher =
 *     SmoothReadingTeacher.builder().chatModel(chatModel).chunkTokens(256, 1_024).build();
 * TeacherReport report = teacher.teach(List.of(TeacherTask.of(text, question, answer)), file);
 * }</pre>
 *
 * <p>Readings are appended to a file one at a time, and what was refused to {@code
 * NAME.refused.jsonl} beside it. A run with the same file goes on where the last one ended, also
 * after a crash: tasks in either file are skipped. Thread-safe; borrows the chat model.
 */
public final class SmoothReadingTeacher {
  private static final int LEAST_CHUNK = 16;

  private final Curriculum plan;
  private final int atOnce;
  private final int failuresInARow;
  private final Optional<Executor> executor;
  private final BiConsumer<TeacherTask, Teaching> listener;

  private SmoothReadingTeacher(Builder builder) {
    ChatModel chatModel = builder.chatModel;
    if (chatModel == null) {
      throw new IllegalArgumentException("chatModel is missing; give the model that reads");
    }
    TextEncoder encoder =
        builder.encoder != null
            ? builder.encoder
            : ChatModelSummarizer.builder().chatModel(chatModel).build().encoder();
    plan =
        new Curriculum(
            chatModel,
            builder.model.orElseGet(() -> nameOf(chatModel)),
            encoder,
            builder.leastChunk,
            builder.mostChunk,
            builder.seed,
            builder.earlyStop,
            builder.cluesWithoutAnswer,
            builder.attempts,
            builder.answerF1,
            builder.questionTokens,
            builder.clueTokens,
            builder.roundTokens);
    atOnce = builder.atOnce;
    failuresInARow = builder.failuresInARow;
    executor = builder.executor;
    listener = builder.listener;
  }

  private static String nameOf(ChatModel chatModel) {
    String name = chatModel.defaultRequestParameters().modelName();
    return name == null ? chatModel.getClass().getSimpleName() : name;
  }

  /** Chooses the model, the size of chunks, and what is allowed. */
  public static Builder builder() {
    return new Builder();
  }

  /** Reads for one task on the calling thread, and writes nothing. */
  public Teaching teach(TeacherTask task) {
    return new Lesson(plan, task, () -> false).hold();
  }

  /**
   * Reads for all tasks that {@code readings} does not have yet, and appends what passes.
   *
   * <p>Interrupting the calling thread ends the run before the next requests; the report then says
   * so, and the thread stays interrupted.
   *
   * @param tasks taken one by one, never all at once
   * @param readings where the readings go; made if it is missing
   * @throws BadLineException if a line that is in the file already breaks a rule
   * @throws IOException if the file cannot be read or written, or another run is writing it
   */
  public TeacherReport teach(Iterable<TeacherTask> tasks, Path readings) throws IOException {
    return run(
        readings,
        run -> {
          for (TeacherTask task : tasks) {
            if (run.hasEnded()) {
              break;
            }
            run.add(task);
          }
        });
  }

  /**
   * The same for tasks in JSON lines, in the form that {@link TeacherTask#read} reads. All lines
   * are checked before the first request.
   *
   * @throws BadLineException if a line of either file cannot be used
   * @throws IOException if a file cannot be read or written, or another run is writing it
   */
  public TeacherReport teach(Path tasks, Path readings) throws IOException {
    TeacherTask.read(tasks, task -> {});
    return run(readings, run -> TeacherTask.read(tasks, run::add));
  }

  private TeacherReport run(Path readings, Tasks tasks) throws IOException {
    ExecutorService own = executor.isPresent() ? null : pool();
    try (ReadingFile file = ReadingFile.open(readings)) {
      Executor workers = own == null ? executor.orElseThrow() : own;
      TeacherRun run = new TeacherRun(plan, file, workers, atOnce, failuresInARow, listener);
      try {
        tasks.addTo(run);
      } finally {
        run.await();
      }
      return run.report();
    } finally {
      if (own != null) {
        own.shutdown();
      }
    }
  }

  private ExecutorService pool() {
    return Executors.newFixedThreadPool(
        atOnce,
        work -> {
          Thread thread = new Thread(work, "smoothreading-teacher");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Where tasks come from. */
  private interface Tasks {
    void addTo(TeacherRun run) throws IOException;
  }

  /** Builds a {@link SmoothReadingTeacher}. */
  public static final class Builder {
    private @Nullable ChatModel chatModel;
    private @Nullable TextEncoder encoder;
    private Optional<String> model = Optional.empty();
    private Optional<Executor> executor = Optional.empty();
    private BiConsumer<TeacherTask, Teaching> listener = (task, teaching) -> {};
    private int leastChunk = 256;
    private int mostChunk = 1_024;
    private long seed = 1;
    private boolean earlyStop = true;
    private boolean cluesWithoutAnswer;
    private int attempts = 2;
    private double answerF1 = 0.6;
    private int questionTokens = 120;
    private int clueTokens = 80;
    private int roundTokens = 300;
    private int atOnce = 1;
    private int failuresInARow = 5;

    private Builder() {}

    /** The teacher; required. Best at temperature 0. */
    public Builder chatModel(ChatModel chatModel) {
      this.chatModel = Objects.requireNonNull(chatModel, "chatModel");
      return this;
    }

    /** How the readings name the teacher; default what the chat model says of itself. */
    public Builder modelName(String modelName) {
      if (modelName.isBlank()) {
        throw new IllegalArgumentException("modelName is blank");
      }
      model = Optional.of(modelName);
      return this;
    }

    /** The same chunk size for all documents, in tokens; at least 16. */
    public Builder chunkTokens(int tokens) {
      return chunkTokens(tokens, tokens);
    }

    /**
     * The range that each document's chunk size is drawn from, evenly on a logarithmic scale, in
     * tokens; at least 16; default 256 to 1,024. Rules and example take about 800 tokens more in
     * each request, notes and reply up to 600.
     */
    public Builder chunkTokens(int least, int most) {
      atLeast(LEAST_CHUNK, least, "the least chunkTokens");
      atLeast(least, most, "the most chunkTokens");
      leastChunk = least;
      mostChunk = most;
      return this;
    }

    /** What chunk sizes are drawn by, together with each task's id; default 1. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Measures chunks and clues: {@code reader.encoder()} of a {@code SmoothReader} with the model
     * that will be trained. Default an estimate of six letters, three digits or one sign per token.
     */
    public Builder encoder(TextEncoder encoder) {
      this.encoder = Objects.requireNonNull(encoder, "encoder");
      return this;
    }

    /**
     * Whether a reading may stop before the end of its document; default true. Never for tasks that
     * need everything.
     */
    public Builder earlyStop(boolean allowed) {
      earlyStop = allowed;
      return this;
    }

    /**
     * Whether a reading without an answer may have clues; default false, since readers that learn
     * from such readings note too much.
     */
    public Builder cluesWithoutAnswer(boolean allowed) {
      cluesWithoutAnswer = allowed;
      return this;
    }

    /** How often a chunk is asked for until the reply is of the form; at least 1, default 2. */
    public Builder attempts(int attempts) {
      this.attempts = atLeast(1, attempts, "attempts");
      return this;
    }

    /**
     * From which F1 of words on an answer that does not hold the given one counts as right; above
     * 0, at most 1, default 0.6.
     */
    public Builder answerF1(double threshold) {
      if (!(threshold > 0 && threshold <= 1)) {
        throw new IllegalArgumentException(
            "answerF1 is %s; give more than 0 and at most 1".formatted(threshold));
      }
      answerF1 = threshold;
      return this;
    }

    /** Longest question, in tokens; default 120, which is what the trainer takes. */
    public Builder questionTokens(int most) {
      questionTokens = atLeast(1, most, "questionTokens");
      return this;
    }

    /** Longest clue, in tokens; default 80, which is what the trainer takes. */
    public Builder clueTokens(int most) {
      clueTokens = atLeast(1, most, "clueTokens");
      return this;
    }

    /**
     * Most that all clues of a reading and its answer may have together, in tokens; default 300,
     * for the trainer's rounds of 320.
     */
    public Builder roundTokens(int most) {
      roundTokens = atLeast(1, most, "roundTokens");
      return this;
    }

    /** How many documents are read at the same time; at least 1, default 1. */
    public Builder atOnce(int atOnce) {
      this.atOnce = atLeast(1, atOnce, "atOnce");
      return this;
    }

    /**
     * What documents are read on, for instance {@code Executors.newVirtualThreadPerTaskExecutor()};
     * borrowed. Default threads of the run's own. At most {@code atOnce} are given to it at a time.
     */
    public Builder executor(Executor executor) {
      this.executor = Optional.of(executor);
      return this;
    }

    /**
     * After how many failures of the chat model in a row a run ends, as the rest would fail too; at
     * least 1, default 5. The chat model's own retries come before.
     */
    public Builder failuresInARow(int most) {
      failuresInARow = atLeast(1, most, "failuresInARow");
      return this;
    }

    /** Told what came of each task, one at a time, once it is written. */
    public Builder listener(BiConsumer<TeacherTask, Teaching> listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * The teacher.
     *
     * @throws IllegalArgumentException if the chat model is missing
     */
    public SmoothReadingTeacher build() {
      return new SmoothReadingTeacher(this);
    }

    private static int atLeast(int least, int value, String name) {
      if (value < least) {
        throw new IllegalArgumentException(
            "%s is %d; give at least %d".formatted(name, value, least));
      }
      return value;
    }
  }
}
