package io.github.smoothreading;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What can end a reading from outside: the caller, an interrupt of the thread, the clock. */
final class Control implements BooleanSupplier {
  private volatile boolean cancelled;
  private volatile Optional<Long> deadline = Optional.empty();
  private volatile Optional<Thread> reader = Optional.empty();

  void cancel() {
    cancelled = true;
  }

  void begin(Optional<Duration> most) {
    long now = System.nanoTime();
    deadline = most.map(time -> now + time.toNanos());
    reader = Optional.of(Thread.currentThread());
  }

  @Override
  public boolean getAsBoolean() {
    return cause().isPresent();
  }

  Optional<Outcome.Cause> cause() {
    if (cancelled || reader.map(Thread::isInterrupted).orElse(false)) {
      return Optional.of(Outcome.Cause.CANCEL);
    }
    return deadline.filter(end -> System.nanoTime() - end >= 0).map(end -> Outcome.Cause.DEADLINE);
  }
}
