package io.github.smoothreading;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Runs a reading on a daemon thread and hands out its events. */
final class BackgroundTask implements ReadingTask {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** An event, or the end of them. */
  private record Entry(@Nullable ReadingEvent event) {}

  private final Control control = new Control();
  private final CompletableFuture<Reading> future = new CompletableFuture<>();
  private final BlockingQueue<Entry> events = new LinkedBlockingQueue<>();

  BackgroundTask(ReadingOptions options, BiFunction<ReadingOptions, Control, Reading> reading) {
    ReadingOptions watched =
        options.toBuilder().listener(event -> events.add(new Entry(event))).build();
    Thread thread =
        new Thread(() -> run(watched, reading), "smoothreading-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
  }

  private void run(ReadingOptions options, BiFunction<ReadingOptions, Control, Reading> reading) {
    try {
      future.complete(reading.apply(options, control));
    } catch (Throwable e) {
      future.completeExceptionally(e);
    } finally {
      events.add(new Entry(null));
    }
  }

  @Override
  public CompletableFuture<Reading> future() {
    return future;
  }

  @Override
  public void cancel() {
    control.cancel();
  }

  @Override
  public Stream<ReadingEvent> events() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Events(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  private final class Events implements Iterator<ReadingEvent> {
    private @Nullable Entry next;

    @Override
    public boolean hasNext() {
      if (next == null) {
        try {
          next = events.take();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          next = new Entry(null);
        }
      }
      return next.event() != null;
    }

    @Override
    public ReadingEvent next() {
      if (!hasNext() || next == null || next.event() == null) {
        throw new NoSuchElementException("the reading is over");
      }
      ReadingEvent event = next.event();
      next = null;
      return event;
    }
  }
}
