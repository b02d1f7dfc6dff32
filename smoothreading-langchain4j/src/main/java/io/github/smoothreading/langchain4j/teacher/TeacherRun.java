package io.github.smoothreading.langchain4j.teacher;

import io.github.smoothreading.langchain4j.teacher.Teaching.Cost;
import io.github.smoothreading.langchain4j.teacher.Teaching.Rule;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Tasks on their way through the executor into one file, a bounded number at a time. */
final class TeacherRun {
  private final Curriculum plan;
  private final ReadingFile file;
  private final Executor executor;
  private final int atOnce;
  private final int failuresInARow;
  private final BiConsumer<TeacherTask, Teaching> listener;
  private final Semaphore room;
  private final long begun = System.nanoTime();

  // Guarded by this.
  private final Map<Rule, Integer> refused = new EnumMap<>(Rule.class);
  private int accepted;
  private int stoppedEarly;
  private int withoutAnswer;
  private int failed;
  private int failedLast;
  private int skipped;
  private Cost cost = Cost.NONE;
  private @Nullable Throwable broken;

  private volatile Optional<String> ended = Optional.empty();

  TeacherRun(
      Curriculum plan,
      ReadingFile file,
      Executor executor,
      int atOnce,
      int failuresInARow,
      BiConsumer<TeacherTask, Teaching> listener) {
    this.plan = plan;
    this.file = file;
    this.executor = executor;
    this.atOnce = atOnce;
    this.failuresInARow = failuresInARow;
    this.listener = listener;
    room = new Semaphore(atOnce);
  }

  /** Begins a task as soon as there is room; does nothing once the run has ended. */
  void add(TeacherTask task) {
    if (ended.isPresent()) {
      return;
    }
    if (!file.claim(task.id())) {
      synchronized (this) {
        skipped++;
      }
      return;
    }
    try {
      room.acquire();
    } catch (InterruptedException e) {
      interrupt();
      return;
    }
    boolean begun = false;
    try {
      if (ended.isEmpty()) {
        executor.execute(() -> work(task));
        begun = true;
      }
    } finally {
      if (!begun) {
        room.release();
      }
    }
  }

  boolean hasEnded() {
    return ended.isPresent();
  }

  /** Waits until every task that was begun is settled. */
  void await() {
    try {
      room.acquire(atOnce);
    } catch (InterruptedException e) {
      interrupt();
      room.acquireUninterruptibly(atOnce);
    }
    room.release(atOnce);
  }

  /** Ends the run: readings under way stop before their next request. */
  private void interrupt() {
    ended = Optional.of("interrupted");
    Thread.currentThread().interrupt();
  }

  private void work(TeacherTask task) {
    try {
      settle(task, new Lesson(plan, task, this::hasEnded).hold());
    } catch (Throwable e) {
      synchronized (this) {
        broken = broken == null ? e : broken;
        ended = Optional.of(String.valueOf(e));
      }
    } finally {
      room.release();
    }
  }

  private synchronized void settle(TeacherTask task, Teaching teaching) throws IOException {
    file.add(task, teaching, plan.model());
    cost = cost.plus(teaching.cost());
    if (ended.isPresent() && teaching instanceof Teaching.Failed) {
      return;
    }
    failedLast = teaching instanceof Teaching.Failed ? failedLast + 1 : 0;
    if (teaching instanceof Teaching.Accepted done) {
      accepted++;
      stoppedEarly += done.reading().complete() ? 0 : 1;
      withoutAnswer += done.reading().answer().isPresent() ? 0 : 1;
    } else if (teaching instanceof Teaching.Refused no) {
      refused.merge(no.rule(), 1, Integer::sum);
    } else if (teaching instanceof Teaching.Failed failure) {
      failed++;
      if (failedLast >= failuresInARow) {
        ended =
            Optional.of(
                "%d readings in a row failed, the last with %s"
                    .formatted(failedLast, failure.cause()));
      }
    }
    listener.accept(task, teaching);
  }

  /**
   * The report.
   *
   * @throws IOException if a reading could not be written
   */
  synchronized TeacherReport report() throws IOException {
    if (broken instanceof IOException e) {
      throw e;
    } else if (broken instanceof RuntimeException e) {
      throw e;
    } else if (broken instanceof Error e) {
      throw e;
    }
    return new TeacherReport(
        accepted,
        stoppedEarly,
        withoutAnswer,
        refused,
        failed,
        skipped,
        cost,
        Duration.ofNanos(System.nanoTime() - begun),
        ended);
  }
}
