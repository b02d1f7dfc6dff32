package io.github.smoothreading.langchain4j;

import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.rag.query.Query;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call of an application wants from the readings it causes: progress, a deadline, and a
 * way to cancel.
 *
 * <p>It travels in LangChain4j's {@link InvocationParameters}, which reach retrievers, aggregators
 * and tools alike:
 *
 * <pre>{@code
 * interface Assistant {
 *   Result<String> ask(@UserMessage String question, InvocationParameters parameters);
 * }
 *
 * ReadingCall call = ReadingCall.builder().listener(progress).deadline(Duration.ofMinutes(1)).build();
 * Result<String> result = assistant.ask("When does the lease end?", call.parameters());
 * // from another thread: call.cancel();
 * }</pre>
 *
 * <p>A cancelled reading ends after the forward pass under way, and the adapter goes on with what
 * was found until then. For one call; thread-safe.
 */
public final class ReadingCall implements StreamingHandle {
  /** Where it stands in the invocation parameters. */
  static final String KEY = "smooth_reading_call";

  private final Optional<DocumentListener> listener;
  private final Optional<Duration> most;
  private final Set<ReadingTask> running = new HashSet<>();
  private final List<Reading> readings = new ArrayList<>();
  private boolean cancelled;
  private @Nullable Long deadline;

  private ReadingCall(Builder builder) {
    listener = builder.listener;
    most = builder.deadline;
  }

  /** Starts with no listener and no deadline. */
  public static Builder builder() {
    return new Builder();
  }

  /** A call of which nothing is wanted but a way to cancel it. */
  public static ReadingCall create() {
    return builder().build();
  }

  /** New invocation parameters that carry this call. */
  public InvocationParameters parameters() {
    InvocationParameters parameters = new InvocationParameters();
    addTo(parameters);
    return parameters;
  }

  /** Puts this call into {@code parameters}, beside what is there. */
  public void addTo(InvocationParameters parameters) {
    parameters.put(KEY, this);
  }

  /** The call that a query carries, else a new one. */
  static ReadingCall of(@Nullable Query query) {
    return query == null || query.metadata() == null
        ? create()
        : of(query.metadata().invocationParameters());
  }

  /** The call that the parameters carry, else a new one. */
  static ReadingCall of(@Nullable InvocationParameters parameters) {
    Object found = parameters == null ? null : parameters.get(KEY);
    return found instanceof ReadingCall call ? call : create();
  }

  /**
   * Ends the readings of this call, those under way and those to come; each keeps what it has
   * found.
   */
  @Override
  public void cancel() {
    List<ReadingTask> tasks;
    synchronized (this) {
      cancelled = true;
      tasks = List.copyOf(running);
    }
    tasks.forEach(ReadingTask::cancel);
  }

  @Override
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * The readings that have ended so far, partial ones included, in the order in which they ended.
   */
  public synchronized List<Reading> readings() {
    return List.copyOf(readings);
  }

  Optional<DocumentListener> listener() {
    return listener;
  }

  /** Time left until the deadline, which runs from the first question for it; not below zero. */
  synchronized Optional<Duration> timeLeft() {
    long now = System.nanoTime();
    Long end = deadline;
    if (end == null && most.isPresent()) {
      end = now + most.get().toNanos();
      deadline = end;
    }
    return Optional.ofNullable(end).map(at -> Duration.ofNanos(Math.max(0, at - now)));
  }

  void begun(ReadingTask task) {
    boolean late;
    synchronized (this) {
      running.add(task);
      late = cancelled;
    }
    if (late) {
      task.cancel();
    }
  }

  synchronized void ended(ReadingTask task, Reading reading) {
    running.remove(task);
    readings.add(reading);
  }

  synchronized void failed(ReadingTask task) {
    running.remove(task);
  }

  /** Builds a {@link ReadingCall}. */
  public static final class Builder {
    private Optional<DocumentListener> listener = Optional.empty();
    private Optional<Duration> deadline = Optional.empty();

    private Builder() {}

    /** Told what happens in all readings of the call; default none. */
    public Builder listener(DocumentListener listener) {
      this.listener = Optional.of(listener);
      return this;
    }

    /**
     * Most time that all readings of the call together may take, from the first one on; default
     * none.
     */
    public Builder deadline(Duration deadline) {
      Objects.requireNonNull(deadline, "deadline");
      if (deadline.isNegative()) {
        throw new IllegalArgumentException("deadline %s is negative".formatted(deadline));
      }
      this.deadline = Optional.of(deadline);
      return this;
    }

    /** The call. */
    public ReadingCall build() {
      return new ReadingCall(this);
    }
  }
}
