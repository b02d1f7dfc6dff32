package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Generation.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Gathers the steps of all waiting readings into forward passes: every step that generates takes
 * part in each pass, prefill joins block by block, oldest step first. Used on the engine thread
 * alone.
 */
final class Scheduler implements EngineThread.Work {
  private final int maxBatch;
  private final int prefillBudget;
  private final Supplier<Decoder> decoder;
  private final Deque<ActiveStep> waiting = new ArrayDeque<>();
  private final List<ActiveStep> active = new ArrayList<>();

  /**
   * @param maxBatch most rows of a pass
   * @param prefillBudget prefill tokens of a pass; a single row's block may be longer
   * @param decoder the decoder, once loaded
   */
  Scheduler(int maxBatch, int prefillBudget, Supplier<Decoder> decoder) {
    this.maxBatch = maxBatch;
    this.prefillBudget = prefillBudget;
    this.decoder = decoder;
  }

  void add(ActiveStep step) {
    waiting.add(step);
  }

  @Override
  public boolean idle() {
    return waiting.isEmpty() && active.isEmpty();
  }

  @Override
  public void run() {
    while (active.size() < maxBatch && !waiting.isEmpty()) {
      active.add(waiting.remove());
    }
    endInterrupted();
    List<ActiveStep> steps = choose();
    if (steps.isEmpty()) {
      return;
    }
    List<Row> rows = new ArrayList<>();
    for (ActiveStep step : List.copyOf(steps)) {
      try {
        rows.add(step.state.row(decoder.get(), step.next(), step.firstWanted(), step.probes()));
      } catch (Throwable e) {
        steps.remove(step);
        fail(step, e);
      }
    }
    List<Choices> choices;
    try {
      choices = rows.isEmpty() ? List.of() : decoder.get().advance(rows);
    } catch (Throwable e) {
      steps.forEach(step -> fail(step, e));
      return;
    }
    for (int i = 0; i < steps.size(); i++) {
      ActiveStep step = steps.get(i);
      try {
        Generation end = step.take(choices.get(i));
        if (end != null) {
          complete(step, end);
        }
      } catch (Throwable e) {
        fail(step, e);
      }
    }
  }

  private List<ActiveStep> choose() {
    List<ActiveStep> steps = new ArrayList<>();
    int prefill = 0;
    for (ActiveStep step : active) {
      if (!step.prefilling()) {
        steps.add(step);
      } else if (prefill == 0 || prefill + step.upcoming() <= prefillBudget) {
        steps.add(step);
        prefill += step.upcoming();
      }
    }
    return steps;
  }

  private void endInterrupted() {
    for (ActiveStep step : List.copyOf(active)) {
      try {
        if (step.interrupted()) {
          if (step.prefilling()) {
            step.state.abandon();
          }
          complete(step, step.end(End.INTERRUPTED));
        }
      } catch (Throwable e) {
        fail(step, e);
      }
    }
  }

  private void complete(ActiveStep step, Generation generation) {
    active.remove(step);
    step.state.release();
    step.result.complete(generation);
  }

  private void fail(ActiveStep step, Throwable cause) {
    active.remove(step);
    step.state.abandon();
    step.state.release();
    step.result.completeExceptionally(
        new BackendException(
            "The forward pass failed: %s. The states in it are closed; start again from a saved state."
                .formatted(cause.getMessage()),
            cause));
  }

  /** Ends the steps whose state fulfils {@code condition}. */
  void end(Predicate<DecoderState> condition, String reason) {
    Iterator<ActiveStep> all = concat().iterator();
    while (all.hasNext()) {
      ActiveStep step = all.next();
      if (condition.test(step.state)) {
        active.remove(step);
        waiting.remove(step);
        step.state.abandon();
        step.state.release();
        step.result.completeExceptionally(new IllegalStateException(reason));
      }
    }
  }

  private List<ActiveStep> concat() {
    List<ActiveStep> all = new ArrayList<>(active);
    all.addAll(waiting);
    return all;
  }
}
