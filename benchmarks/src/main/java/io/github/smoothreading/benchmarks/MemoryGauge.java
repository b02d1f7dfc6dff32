package io.github.smoothreading.benchmarks;

import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingListener;
import java.util.ArrayList;
import java.util.List;

/** Measures this process at given lengths of a reading, between two chunks. */
final class MemoryGauge implements ReadingListener {
  /** What was measured when so many document tokens had been read. */
  record Point(long tokens, int rounds, long anonymous, long heap) {}

  private final List<Point> points = new ArrayList<>();
  private final long every;
  private long next;

  /**
   * Measures at {@code first} tokens, and then at every multiple of {@code every}.
   *
   * @param first the first length in tokens
   * @param every the distance of the others
   */
  MemoryGauge(long first, long every) {
    this.next = first;
    this.every = every;
  }

  @Override
  public void on(ReadingEvent event) {
    if (event instanceof ReadingEvent.ChunkRead read && read.usage().tokensRead() >= next) {
      long tokens = read.usage().tokensRead();
      long heap = Machine.heapAfterGc();
      Point point = new Point(tokens, read.usage().rounds(), Machine.anonymousBytes(), heap);
      points.add(point);
      next = (tokens / every + 1) * every;
      System.out.printf(
          "%10d %8d %14.1f %12.2f%n",
          point.tokens, point.rounds, point.anonymous / 1048576.0, point.heap / 1048576.0);
    }
  }

  List<Point> points() {
    return points;
  }
}
