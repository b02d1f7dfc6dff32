package io.github.smoothreading.eval;

import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.Usage;
import io.github.smoothreading.eval.result.Cost;
import io.github.smoothreading.eval.result.Ending;
import io.github.smoothreading.eval.result.Result;
import io.github.smoothreading.eval.result.RunFolder;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.text.TextSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the readings of a suite that were not done yet, and writes a line for each. */
final class Runner {
  private final Subject subject;
  private final RunFolder folder;
  private final Progress progress;
  private volatile boolean stopped;

  Runner(Subject subject, RunFolder folder, Progress progress) {
    this.subject = subject;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Reads; what may run side by side does, and what has to be alone follows.
   *
   * @param done gets a result for each trial
   */
  void run(List<Trial> trials, Map<String, Result> done, int atOnce) {
    List<Trial> open = trials.stream().filter(trial -> !done.containsKey(trial.id())).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<Result>> results =
          open.stream()
              .filter(trial -> !trial.alone())
              .map(trial -> threads.submit(() -> read(trial)))
              .toList();
      try {
        for (Future<Result> result : results) {
          keep(result, done);
        }
      } catch (RuntimeException e) {
        // What has not begun would only delay the message.
        threads.shutdownNow();
        throw e;
      }
    }
    for (Trial trial : open) {
      if (trial.alone()) {
        // What earlier readings left behind must not count for this one.
        System.gc();
        done.put(trial.id(), read(trial));
      }
    }
  }

  private static void keep(Future<Result> future, Map<String, Result> done) {
    try {
      Result result = future.get();
      done.put(result.id(), result);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunInterruptedException();
    }
  }

  /**
   * Lets no reading begin any more, and keeps nothing of those under way: they will be done again.
   */
  void stop() {
    stopped = true;
  }

  private void requireGoingOn() {
    if (stopped) {
      throw new RunInterruptedException();
    }
  }

  private Result read(Trial trial) {
    requireGoingOn();
    progress.reading(trial);
    Gauge gauge = new Gauge(trial, progress);
    TextSource source = TextSource.of(trial.item().text().get());
    if (trial.alone()) {
      ProcessMemory.resetPeak();
    }
    Result result;
    long begun = System.nanoTime();
    try {
      Reading reading =
          subject
              .reader()
              .read(
                  source,
                  trial.item().question(),
                  trial.reader().options(trial.item()).listener(gauge).build());
      result = result(trial, reading, (System.nanoTime() - begun) / 1e9, gauge);
    } catch (IllegalArgumentException refusal) {
      result = unread(trial, Ending.REFUSED, String.valueOf(refusal.getMessage()));
    }
    requireGoingOn();
    gauge.finish();
    folder.add(result);
    return result;
  }

  private static Result result(Trial trial, Reading reading, double seconds, Gauge gauge) {
    if (reading.outcome() instanceof Outcome.Ended) {
      throw new RunInterruptedException();
    }
    if (reading.outcome() instanceof Outcome.Failed failed) {
      return unread(trial, Ending.FAILED, String.valueOf(failed.error().getMessage()));
    }
    Ending ending =
        reading.stoppedEarly()
            ? Ending.ANSWERED_EARLY
            : reading.answer().isPresent() ? Ending.ANSWERED : Ending.NOT_FOUND;
    String prediction = reading.answer().orElse("");
    Usage usage = reading.usage();
    Cost cost =
        new Cost(
            seconds,
            usage.tokensRead(),
            usage.rounds(),
            usage.tokensFed(),
            usage.tokensGenerated(),
            usage.tokensAccepted(),
            trial.alone() ? ProcessMemory.peakBytes() : 0,
            gauge.anonymousBytes(),
            gauge.stateBytes());
    return new Result(
        trial.id(),
        trial.experiment().title(),
        trial.task(),
        trial.reader().name(),
        trial.item().labels(),
        trial.item().question(),
        trial.item().judge().answers(),
        ending,
        prediction,
        "",
        trial.item().judge().score(ending != Ending.NOT_FOUND, prediction),
        reading.clues().stream().map(Clue::text).toList(),
        (int) reading.clues().stream().filter(Clue::verified).count(),
        cost);
  }

  private static Result unread(Trial trial, Ending ending, String message) {
    return new Result(
        trial.id(),
        trial.experiment().title(),
        trial.task(),
        trial.reader().name(),
        trial.item().labels(),
        trial.item().question(),
        trial.item().judge().answers(),
        ending,
        "",
        message,
        0,
        List.of(),
        0,
        Cost.NONE);
  }
}
