package io.github.smoothreading.examples.ask;

import io.github.smoothreading.ReadingTask;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import sun.misc.Signal;

/**
 * Turns Ctrl-C into the end of the readings under way, so that what was found so far is printed. A
 * second Ctrl-C ends the program at once.
 */
final class Interrupts {
  private static final int ENDED_BY_SIGINT = 130;

  private final Set<ReadingTask> tasks = ConcurrentHashMap.newKeySet();
  private volatile boolean interrupted;

  /** Listens from now on. */
  static Interrupts install() {
    Interrupts interrupts = new Interrupts();
    interrupts.handle("INT", true);
    // A build tool that is interrupted itself ends its children this way.
    interrupts.handle("TERM", false);
    return interrupts;
  }

  /** Whether no further reading should begin. */
  boolean interrupted() {
    return interrupted;
  }

  /** Ends {@code task} when the user interrupts. */
  void add(ReadingTask task) {
    tasks.add(task);
    task.future().whenComplete((reading, failure) -> tasks.remove(task));
    if (interrupted) {
      task.cancel();
    }
  }

  private void handle(String signal, boolean insisting) {
    try {
      Signal.handle(new Signal(signal), received -> interrupt(insisting));
    } catch (IllegalArgumentException e) {
      // The platform or a JVM option keeps this signal to itself; then it ends the program as
      // usual.
    }
  }

  /** What a signal does. */
  void interrupt(boolean insisting) {
    if (interrupted && insisting) {
      Runtime.getRuntime().halt(ENDED_BY_SIGINT);
    }
    interrupted = true;
    tasks.forEach(ReadingTask::cancel);
  }
}
