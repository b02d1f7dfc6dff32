package io.github.smoothreading.backend.djl;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that calls the native module: allocation, forward passes and freeing all happen
 * here.
 *
 * <p>Between two forward passes it runs what other threads asked for.
 */
final class EngineThread {
  private static final Logger LOG = System.getLogger(EngineThread.class.getName());

  /** Repeated work between commands. */
  interface Work {
    boolean idle();

    /** Does a bounded piece of it; never throws. */
    void run();
  }

  private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean closed;
  private volatile boolean ending;

  EngineThread(String name, Work work) {
    this.thread = new Thread(() -> loop(work), name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Runs {@code task} on the engine thread and waits for it, interrupts or not: what it allocates
   * must not be lost.
   *
   * @throws IllegalStateException if the thread has ended
   */
  <T> T call(Callable<T> task) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("the engine thread cannot wait for itself");
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    submit(
        () -> {
          try {
            result.complete(task.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return join(result);
  }

  static <T> T join(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof RuntimeException problem) {
        problem.addSuppressed(new IllegalStateException("called from here"));
        throw problem;
      }
      if (cause instanceof Error problem) {
        throw problem;
      }
      throw new IllegalStateException(cause);
    }
  }

  /** Runs {@code command} soon on the engine thread. */
  synchronized void submit(Runnable command) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    commands.add(command);
  }

  /**
   * Runs {@code last} as the last command and ends the thread; waits at most {@code millis} for
   * that, 0 without limit.
   */
  void close(Runnable last, long millis) {
    synchronized (this) {
      if (!closed) {
        closed = true;
        commands.add(
            () -> {
              ending = true;
              last.run();
            });
      }
    }
    if (Thread.currentThread() == thread) {
      return; // asked for from inside a step: it ends when that is done
    }
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop(Work work) {
    while (!ending) {
      try {
        Runnable command = work.idle() ? commands.take() : commands.poll();
        while (command != null && !ending) {
          command.run();
          command = ending ? null : commands.poll();
        }
        if (!ending && !work.idle()) {
          work.run();
        }
      } catch (InterruptedException e) {
        // Nobody but a stranger interrupts this thread; close() ends it.
        LOG.log(Level.DEBUG, "interrupt ignored", e);
      } catch (Throwable e) {
        LOG.log(Level.ERROR, "a command of the engine thread failed", e);
      }
    }
  }
}
