package io.github.smoothreading.backend.djl;

import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The window of keys and values of one reading.
 *
 * <p>A buffer with more slots than the window: new tokens are appended, and when it is full the
 * newest ones move to the front. So keys stay in order, and forgetting tokens is a subtraction.
 */
final class WindowState implements ReadingState {
  /** No token is left to feed. */
  static final int NOTHING = -1;

  private static final Cleaner CLEANER = Cleaner.create();

  final LoadedModel model;
  final StateBuffers buffers;
  private final int window;
  private final int rewindable;
  private final Cleaner.Cleanable cleanable;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean closed;
  private volatile boolean abandoned;
  private volatile long position;
  private volatile int filled;
  private volatile int pending = NOTHING;

  WindowState(LoadedModel model, StateBuffers buffers, int window, int rewindable) {
    this.model = model;
    this.buffers = buffers;
    this.window = window;
    this.rewindable = rewindable;
    this.cleanable = CLEANER.register(this, () -> model.free(buffers));
  }

  /** Slots of a state: the window, what may be undone, and room for a pass. */
  static int slots(int window, int rewindable) {
    return Math.addExact(Math.addExact(window, rewindable), ActiveStep.LONGEST);
  }

  @Override
  public String model() {
    return model.descriptor().fingerprint();
  }

  @Override
  public int window() {
    return window;
  }

  @Override
  public long position() {
    return position;
  }

  /** How many of the newest tokens can be forgotten at any time. */
  int rewindable() {
    return rewindable;
  }

  int filled() {
    return filled;
  }

  /** The last generated token, which is not in the state yet, or {@link #NOTHING}. */
  int pending() {
    return pending;
  }

  void pending(int token) {
    pending = token;
  }

  void restore(int slots, long at, int token) {
    filled = slots;
    position = at;
    pending = token;
  }

  /** Newest slots that a copy has to hold. */
  int live() {
    return Math.min(filled, window + rewindable);
  }

  @Override
  public WindowState fork() {
    acquire();
    try {
      int count = live();
      WindowState copy = model.newState(buffers.owner, window, rewindable);
      try {
        model.call(
            decoder -> {
              decoder.copy(buffers, copy.buffers, filled - count, count);
              return null;
            });
      } catch (RuntimeException | Error e) {
        copy.close();
        throw e;
      }
      copy.restore(count, position, pending);
      return copy;
    } finally {
      release();
    }
  }

  @Override
  public void rewind(int tokens) {
    acquire();
    try {
      // While nothing has left the buffer all of it may be undone, else whatever leaves a whole
      // window.
      int left = position == filled ? filled : filled - window;
      int most = Math.min(rewindable, left);
      if (tokens < 0 || tokens > most) {
        throw new IllegalArgumentException(
            "%d tokens cannot be undone: at most %d of the %d taken in can"
                .formatted(tokens, most, position));
      }
      if (tokens > 0) {
        filled -= tokens;
        position -= tokens;
        pending = NOTHING;
      }
    } finally {
      release();
    }
  }

  @Override
  public void save(OutputStream out) throws IOException {
    acquire();
    try {
      StateFormat.write(this, out);
    } finally {
      release();
    }
  }

  /** Marks the state as in use by one step or call. */
  void acquire() {
    if (closed || abandoned) {
      throw new IllegalStateException(
          closed
              ? "the state is closed"
              : "the state is unusable, because a step with it failed or was interrupted; load a"
                  + " saved one");
    }
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the state is in use by another step; fork it to go on twice");
    }
  }

  void release() {
    busy.set(false);
  }

  /** What this state contributes to a pass; makes room first. On the engine thread. */
  Row row(Decoder decoder, int[] tokens, int firstWanted, int[] probes) {
    if (buffers.freed()) {
      throw new IllegalStateException("the state is closed");
    }
    if (filled + tokens.length > buffers.slots) {
      int keep = live();
      decoder.slide(buffers, filled - keep, keep);
      filled = keep;
    }
    return new Row(buffers, tokens, filled, position, window, firstWanted, probes);
  }

  /** Keeps {@code tokens} of those just fed. On the engine thread. */
  void advance(int tokens) {
    filled += tokens;
    position += tokens;
  }

  /** Makes the state unusable and frees its memory. On the engine thread. */
  void abandon() {
    abandoned = true;
    cleanable.clean();
  }

  @Override
  public void close() {
    closed = true;
    cleanable.clean();
  }
}
