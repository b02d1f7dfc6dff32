package io.github.smoothreading;

import io.github.smoothreading.ReadingLoop.CheckpointWriter;
import io.github.smoothreading.state.Checkpoint;
import io.github.smoothreading.summary.Capacity;
import io.github.smoothreading.summary.Inquiry;
import io.github.smoothreading.summary.Summarizer;
import io.github.smoothreading.summary.Summarizer.Session;
import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker.Chunks;
import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.TextEncoder;
import io.github.smoothreading.text.TextSource;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads documents of any length for an answer, with a model whose memory has a fixed size.
 *
 * <pre>{@code
 * try (SmoothReader reader = SmoothReader.open()) {
 *   Reading reading = reader.read(Path.of("lease.txt"), "When does the lease end?");
 *   reading.answer().ifPresent(System.out::println);
 *   reading.clues().forEach(clue -> System.out.println(clue.text() + " " + clue.place()));
 * }
 * }</pre>
 *
 * <p>Thread-safe: any number of threads may read with one reader, and readings under way at the
 * same time share the model's forward passes. Blocking calls are fine on virtual threads.
 */
public final class SmoothReader implements AutoCloseable {
  /** Characters from which the length in tokens is estimated. */
  private static final int SAMPLE_CHARS = 20_000;

  private final Summarizer summarizer;

  SmoothReader(Summarizer summarizer) {
    this.summarizer = summarizer;
  }

  /**
   * Opens the model that is on the class path, on the CPU.
   *
   * @throws io.github.smoothreading.backend.BackendException if there is none or it cannot be run;
   *     the message says what to add
   */
  public static SmoothReader open() {
    return builder().build();
  }

  /** Chooses model, arithmetic and device. */
  public static SmoothReaderBuilder builder() {
    return new SmoothReaderBuilder();
  }

  /** What the model can take in. */
  public Capacity capacity() {
    return summarizer.capacity();
  }

  /** The tokenizer by which chunks are measured. */
  public TextEncoder encoder() {
    return summarizer.encoder();
  }

  /** Reads a UTF-8 file with the default options. */
  public Reading read(Path file, String question) {
    return read(TextSource.of(file), question);
  }

  /** Reads a source with the default options. */
  public Reading read(TextSource source, String question) {
    return read(source, question, ReadingOptions.DEFAULTS);
  }

  /**
   * Reads a source on the calling thread. Interrupting the thread ends the reading with {@link
   * Outcome.Ended}.
   *
   * @throws IllegalArgumentException if the question or the options cannot work; nothing has been
   *     read then
   */
  public Reading read(TextSource source, String question, ReadingOptions options) {
    return read(source, question, options, new Control());
  }

  /** Reads a source on a thread of its own. */
  public ReadingTask start(TextSource source, String question, ReadingOptions options) {
    return new BackgroundTask(
        options, (watched, control) -> read(source, question, watched, control));
  }

  /**
   * Goes on from a checkpoint, with the question, mode, window, chunk and round it was written
   * with.
   *
   * @param checkpoint what {@link ReadingOptions#checkpoint()} named
   * @param source the same source as before
   * @param options everything else: stop policy, limits, listeners, the next checkpoint
   * @throws IOException if the checkpoint is missing or damaged, or belongs to another model or
   *     text
   */
  public Reading resume(Path checkpoint, TextSource source, ReadingOptions options)
      throws IOException {
    return Checkpoint.read(
        checkpoint,
        capacity().fingerprint(),
        in -> resume(SavedReading.read(in), in, checkpoint, source, options));
  }

  /**
   * Tells what reading would take, by reading the first two chunks.
   *
   * @throws IllegalArgumentException if the question or the options cannot work
   */
  public Plan plan(TextSource source, String question, ReadingOptions options) {
    Plan plan = quickPlan(source, question, options);
    Control control = new Control();
    control.begin(Optional.empty());
    try (Chunks chunks = options.chunker().cut(source, summarizer.encoder(), plan.chunk());
        Session session = summarizer.open(inquiry(question, options, plan, control))) {
      long spent = 0;
      for (int i = 0; i < 2 && chunks.hasNext(); i++) {
        Chunk chunk = chunks.next();
        long begun = System.nanoTime();
        session.read(chunk);
        spent = System.nanoTime() - begun;
      }
      return withTime(plan, Duration.ofNanos(spent).multipliedBy(plan.chunks()));
    }
  }

  /** Releases the model. Readings under way end with {@link Outcome.Failed}. */
  @Override
  public void close() {
    summarizer.close();
  }

  private Reading read(
      TextSource source, String question, ReadingOptions options, Control control) {
    Objects.requireNonNull(question, "question");
    Plan plan = quickPlan(source, question, options);
    control.begin(options.deadline());
    Progress progress = new Progress();
    try (Chunks chunks = options.chunker().cut(source, summarizer.encoder(), plan.chunk());
        Session session = summarizer.open(inquiry(question, options, plan, control))) {
      CheckpointWriter writer = writer(question, options, plan);
      return new ReadingLoop(source, question, options, plan, session, control, progress, writer)
          .run(chunks);
    }
  }

  private Reading resume(
      SavedReading saved,
      DataInputStream in,
      Path checkpoint,
      TextSource source,
      ReadingOptions options)
      throws IOException {
    ReadingOptions same =
        options.toBuilder()
            .mode(saved.mode())
            .window(saved.window())
            .chunk(saved.chunk())
            .round(saved.round())
            .answerTokens(saved.answerTokens())
            .force(true)
            .build();
    Progress progress = new Progress();
    progress.restore(source, saved);
    if (!progress.digest().hex().equals(saved.textSoFar())) {
      throw new IOException(
          "the checkpoint '%s' was written for another text: the first %d characters differ; start the reading again"
              .formatted(checkpoint, saved.charsRead()));
    }
    Plan plan = quickPlan(source, saved.question(), same);
    Control control = new Control();
    control.begin(options.deadline());
    try (Chunks chunks =
            options
                .chunker()
                .cut(
                    source,
                    summarizer.encoder(),
                    plan.chunk(),
                    saved.nextStart(),
                    saved.nextIndex());
        Session session = summarizer.resume(inquiry(saved.question(), same, plan, control), in)) {
      CheckpointWriter writer = writer(saved.question(), same, plan);
      return new ReadingLoop(
              source, saved.question(), same, plan, session, control, progress, writer)
          .run(chunks);
    }
  }

  private CheckpointWriter writer(String question, ReadingOptions options, Plan plan) {
    return (file, progress, session) ->
        Checkpoint.write(
            file,
            capacity().fingerprint(),
            out -> {
              progress
                  .save(question, options.mode(), plan, options.answerTokens(), session.tally())
                  .write(out);
              session.save(out);
            });
  }

  private Inquiry inquiry(String question, ReadingOptions options, Plan plan, Control control) {
    return new Inquiry(
        question,
        options.mode(),
        plan.window(),
        plan.round(),
        options.answerTokens(),
        options.strict(),
        control);
  }

  private Plan quickPlan(TextSource source, String question, ReadingOptions options) {
    String sample = sample(source);
    int tokens = summarizer.encoder().encode(sample).ids().length;
    return Planner.plan(summarizer, question, options, source.length(), tokens, sample.length());
  }

  private static String sample(TextSource source) {
    StringBuilder sample = new StringBuilder();
    char[] buffer = new char[SAMPLE_CHARS];
    for (Part part : source.parts()) {
      try (Reader in = part.content().open()) {
        int got;
        while (sample.length() < SAMPLE_CHARS
            && (got = in.read(buffer, 0, SAMPLE_CHARS - sample.length())) >= 0) {
          sample.append(buffer, 0, got);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot read part '%s': %s".formatted(part.id(), e.getMessage()), e);
      }
      if (sample.length() >= SAMPLE_CHARS) {
        break;
      }
    }
    return sample.toString();
  }

  private static Plan withTime(Plan plan, Duration time) {
    return new Plan(
        plan.window(),
        plan.chunk(),
        plan.round(),
        plan.questionTokens(),
        plan.chars(),
        plan.tokens(),
        plan.chunks(),
        plan.memoryBytes(),
        Optional.of(time),
        plan.warnings());
  }
}
