package io.github.smoothreading;

import io.github.smoothreading.ReadingEvent.ChunkRead;
import io.github.smoothreading.ReadingEvent.ClueFound;
import io.github.smoothreading.ReadingEvent.ClueLeft;
import io.github.smoothreading.ReadingEvent.RoundRepaired;
import io.github.smoothreading.ReadingEvent.RoundWritten;
import io.github.smoothreading.ReadingEvent.Started;
import io.github.smoothreading.ReadingEvent.Warned;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.ClueLocator;
import io.github.smoothreading.summary.InterruptedRoundException;
import io.github.smoothreading.summary.ReadingMode;
import io.github.smoothreading.summary.Round;
import io.github.smoothreading.summary.Summarizer.Session;
import io.github.smoothreading.summary.Summary;
import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker.Chunks;
import io.github.smoothreading.text.TextSource;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Smooth Reading (arXiv 2507.19353): feed the next chunk, let the model write a round, decide
 * whether to go on.
 *
 * <p>The session holds the hidden memory; the loop holds the archive of clues, looks each new one
 * up in the chunk it came from, and turns every way of ending into a {@link Reading}.
 */
final class ReadingLoop {
  private static final System.Logger LOG = System.getLogger(SmoothReader.class.getName());

  private final TextSource source;
  private final String question;
  private final ReadingOptions options;
  private final Plan plan;
  private final Session session;
  private final Control control;
  private final Progress progress;
  private final CheckpointWriter checkpoints;
  private final long begun = System.nanoTime();
  private boolean listenerFailed;

  ReadingLoop(
      TextSource source,
      String question,
      ReadingOptions options,
      Plan plan,
      Session session,
      Control control,
      Progress progress,
      CheckpointWriter checkpoints) {
    this.source = source;
    this.question = question;
    this.options = options;
    this.plan = plan;
    this.session = session;
    this.control = control;
    this.progress = progress;
    this.checkpoints = checkpoints;
  }

  Reading run(Chunks chunks) {
    tell(new Started(plan));
    plan.warnings().forEach(warning -> tell(new Warned(warning)));
    Outcome outcome;
    try {
      outcome = readAll(chunks);
    } catch (InterruptedRoundException interrupted) {
      outcome = new Outcome.Ended(control.cause().orElse(Outcome.Cause.CANCEL));
    } catch (RuntimeException failure) {
      LOG.log(Level.DEBUG, "reading failed", failure);
      outcome = new Outcome.Failed(failure);
    }
    Reading reading =
        new Reading(
            question,
            outcome,
            List.copyOf(progress.clues().values()),
            progress.rounds(),
            progress.coverage(source),
            progress.usage(session.tally()),
            plan,
            Duration.ofNanos(System.nanoTime() - begun));
    tell(new ReadingEvent.Finished(reading));
    return reading;
  }

  private Outcome readAll(Chunks chunks) {
    while (chunks.hasNext()) {
      Optional<Outcome.Cause> cause = control.cause();
      if (cause.isPresent()) {
        return new Outcome.Ended(cause.get());
      }
      Chunk chunk = chunks.next();
      if (options.tokenBudget() > 0
          && progress.tokensRead() + chunk.tokens() > options.tokenBudget()) {
        return new Outcome.Ended(Outcome.Cause.BUDGET);
      }
      Optional<Outcome> outcome = read(chunk);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return new Outcome.NotFound();
  }

  private Optional<Outcome> read(Chunk chunk) {
    if (options.mode() == ReadingMode.ONE_ROUND && !chunk.last()) {
      session.skim(chunk);
      took(chunk);
      return Optional.empty();
    }
    Summary summary = session.read(chunk);
    took(chunk);
    Round round = note(summary, chunk);
    if (chunk.last() || options.stop().stop(round)) {
      Optional<String> answer = session.answer();
      if (answer.isPresent()) {
        return Optional.of(
            new Outcome.Answered(
                answer.get(), !chunk.last(), chunk.last() ? 1 : round.stopProbability()));
      }
    }
    if (!chunk.last()) {
      checkpoint();
    }
    return Optional.empty();
  }

  private void took(Chunk chunk) {
    progress.read(chunk);
    tell(
        new ChunkRead(
            chunk.index(),
            chunk.tokens(),
            progress.charsRead(),
            source.length(),
            progress.usage(session.tally())));
  }

  private Round note(Summary summary, Chunk chunk) {
    int index = progress.rounds().size();
    summary.trouble().ifPresent(problem -> tell(new RoundRepaired(index, problem)));
    List<Clue> shown = new ArrayList<>();
    for (String written : summary.clues()) {
      Clue known = progress.clues().get(written.strip());
      if (known == null) {
        known = ClueLocator.locate(chunk, written, index);
        progress.clues().put(written.strip(), known);
        tell(new ClueFound(known));
      }
      shown.add(known);
    }
    for (String dropped : summary.dropped()) {
      Clue left = progress.clues().get(dropped.strip());
      if (left != null) {
        tell(new ClueLeft(left));
      }
    }
    Round round =
        new Round(
            index, question, shown, summary.reason(), summary.action(), summary.stopProbability());
    progress.add(round);
    tell(new RoundWritten(round));
    return round;
  }

  private void checkpoint() {
    options
        .checkpoint()
        .ifPresent(
            file -> {
              try {
                checkpoints.write(file, progress, session);
              } catch (java.io.IOException e) {
                throw new UncheckedIOException(
                    "cannot write the checkpoint '%s': %s; choose another file or read without one"
                        .formatted(file, e.getMessage()),
                    e);
              }
              tell(new ReadingEvent.CheckpointWritten(file));
            });
  }

  private void tell(ReadingEvent event) {
    for (ReadingListener listener : options.listeners()) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        Level level = listenerFailed ? Level.DEBUG : Level.WARNING;
        listenerFailed = true;
        LOG.log(level, "a reading listener failed on " + event.getClass().getSimpleName(), e);
      }
    }
  }

  /** Writes what is needed to resume. */
  @FunctionalInterface
  interface CheckpointWriter {
    void write(java.nio.file.Path file, Progress progress, Session session)
        throws java.io.IOException;
  }
}
