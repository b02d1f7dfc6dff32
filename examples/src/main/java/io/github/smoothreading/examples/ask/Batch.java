package io.github.smoothreading.examples.ask;

import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.ReadingTask;
import io.github.smoothreading.SmoothReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads many documents with one reader, several at once, so that they share its forward passes.
 * Each reading gives one line of JSON as it ends; so does a row that cannot be read, and the others
 * go on.
 */
final class Batch {
  private final SmoothReader reader;
  private final ReadingOptions options;
  private final Charset charset;
  private final PrintStream out;
  private final Interrupts interrupts;
  private final Semaphore room;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger endedEarly = new AtomicInteger();

  Batch(
      SmoothReader reader,
      ReadingOptions options,
      Charset charset,
      PrintStream out,
      Interrupts interrupts,
      int atOnce) {
    this.reader = reader;
    this.options = options;
    this.charset = charset;
    this.out = out;
    this.interrupts = interrupts;
    this.room = new Semaphore(atOnce);
  }

  /** Reads all rows and returns the exit code: the worst of what happened. */
  int run(BufferedReader rows) throws IOException, InterruptedException {
    List<CompletableFuture<Void>> lines = new ArrayList<>();
    int number = 0;
    for (String line = rows.readLine(); line != null; line = rows.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      room.acquire();
      if (interrupts.interrupted()) {
        endedEarly.incrementAndGet();
        room.release();
        break;
      }
      lines.removeIf(CompletableFuture::isDone);
      lines.add(start(number, line));
    }
    CompletableFuture.allOf(lines.toArray(CompletableFuture[]::new)).join();
    if (failures.get() > 0) {
      return ExitCode.BAD_INPUT;
    }
    return endedEarly.get() > 0 ? ExitCode.ENDED_EARLY : ExitCode.ANSWERED;
  }

  private CompletableFuture<Void> start(int number, String line) {
    CompletableFuture<Reading> reading;
    try {
      BatchRow row = BatchRow.parse(line);
      ReadingTask task = reader.start(row.source(charset), row.question(), options);
      interrupts.add(task);
      reading = task.future();
    } catch (RuntimeException e) {
      reading = CompletableFuture.failedFuture(e);
    }
    return reading.handle(
        (result, failure) -> {
          try {
            write(number, BatchRow.idOf(line), result, failure);
          } finally {
            room.release();
          }
          return null;
        });
  }

  private void write(
      int number, @Nullable String id, @Nullable Reading reading, @Nullable Throwable failure) {
    if (reading == null) {
      failures.incrementAndGet();
      String message = failure == null ? "no reading" : Failures.message(failure);
      Json.line(out, new BadRow(id, number, message));
      return;
    }
    if (reading.outcome() instanceof Outcome.Failed) {
      failures.incrementAndGet();
    } else if (reading.outcome() instanceof Outcome.Ended) {
      endedEarly.incrementAndGet();
    }
    Json.line(out, ReadingJson.of(id, reading));
  }

  /** A row that could not be read. */
  record BadRow(@Nullable String id, int line, String error) {}
}
