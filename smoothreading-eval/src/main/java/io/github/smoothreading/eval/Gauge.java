package io.github.smoothreading.eval;

import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingListener;

/** Watches one reading: its state's size, its memory between chunks, how far it is. */
final class Gauge implements ReadingListener {
  private final Trial trial;
  private final Progress progress;
  private double reported;
  private long stateBytes;
  private long anonymousBytes;

  Gauge(Trial trial, Progress progress) {
    this.trial = trial;
    this.progress = progress;
  }

  @Override
  public void on(ReadingEvent event) {
    if (event instanceof ReadingEvent.Started started) {
      stateBytes = started.plan().memoryBytes();
    } else if (event instanceof ReadingEvent.ChunkRead read) {
      if (trial.alone()) {
        anonymousBytes = Math.max(anonymousBytes, ProcessMemory.anonymousBytes());
      }
      double share = read.charsTotal() == 0 ? 1 : (double) read.charsRead() / read.charsTotal();
      report(trial.reader().work((int) (share * trial.item().tokens())));
    }
  }

  /** The rest of the trial counts as done, read or not. */
  void finish() {
    report(trial.work());
  }

  private void report(double work) {
    if (work > reported) {
      progress.worked(work - reported);
      reported = work;
    }
  }

  long stateBytes() {
    return stateBytes;
  }

  long anonymousBytes() {
    return anonymousBytes;
  }
}
