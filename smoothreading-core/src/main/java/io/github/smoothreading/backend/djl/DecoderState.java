package io.github.smoothreading.backend.djl;

import io.github.smoothreading.state.ReadingState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The memory of one reading: who may use it, where it stands, and when its native memory goes.
 *
 * <p>What is remembered, and how tokens are forgotten, is the families' own.
 */
abstract class DecoderState implements ReadingState {
  /** No token is left to feed. */
  static final int NOTHING = -1;

  private static final Cleaner CLEANER = Cleaner.create();

  final LoadedModel model;
  final StateBuffers buffers;
  final int window;

  /** How many of the newest tokens can be forgotten at any time. */
  final int rewindable;

  private final Cleaner.Cleanable cleanable;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean closed;
  private volatile boolean abandoned;
  private volatile long position;
  private volatile int pending = NOTHING;

  DecoderState(LoadedModel model, StateBuffers buffers, int window, int rewindable) {
    this.model = model;
    this.buffers = buffers;
    this.window = window;
    this.rewindable = rewindable;
    this.cleanable = CLEANER.register(this, () -> model.free(buffers));
  }

  /**
   * What this state contributes to a pass over {@code tokens}. On the engine thread.
   *
   * @param firstWanted the first of them whose next token is wanted; those behind it are a draft
   */
  abstract Row row(Decoder decoder, int[] tokens, int firstWanted, int[] probes);

  /** Keeps the first {@code tokens} of those just fed. On the engine thread. */
  void advance(int tokens) {
    position += tokens;
  }

  /** How many of the newest tokens can be forgotten now. */
  abstract int forgettable();

  /** Forgets tokens, at most {@link #forgettable}. */
  void forget(int tokens) {
    position -= tokens;
    pending = NOTHING;
  }

  /** Takes over the memory of {@code source}, which has equal buffers. */
  abstract void copy(DecoderState source);

  /** Writes what is remembered. */
  abstract void write(DataOutputStream out) throws IOException;

  /**
   * Reads what {@link #write} wrote; {@link #position} is set already.
   *
   * @throws IOException also if the bytes cannot be right
   */
  abstract void read(DataInputStream in) throws IOException;

  @Override
  public final String model() {
    return model.descriptor().fingerprint();
  }

  @Override
  public final int window() {
    return window;
  }

  @Override
  public final long position() {
    return position;
  }

  /** The last generated token, which is not in the state yet, or {@link #NOTHING}. */
  final int pending() {
    return pending;
  }

  final void pending(int token) {
    pending = token;
  }

  final void restore(long at, int token) {
    position = at;
    pending = token;
  }

  @Override
  public final DecoderState fork() {
    acquire();
    try {
      DecoderState copy = model.newState(buffers.owner, window, rewindable);
      try {
        copy.restore(position, pending);
        copy.copy(this);
      } catch (RuntimeException | Error e) {
        copy.close();
        throw e;
      }
      return copy;
    } finally {
      release();
    }
  }

  @Override
  public final void rewind(int tokens) {
    acquire();
    try {
      int most = Math.min(rewindable, forgettable());
      if (tokens < 0 || tokens > most) {
        throw new IllegalArgumentException(
            "%d tokens cannot be undone: at most %d of the %d taken in can"
                .formatted(tokens, most, position));
      }
      if (tokens > 0) {
        forget(tokens);
      }
    } finally {
      release();
    }
  }

  @Override
  public final void save(OutputStream out) throws IOException {
    acquire();
    try {
      StateFormat.write(this, out);
    } finally {
      release();
    }
  }

  final void requireUnfreed() {
    if (buffers.freed()) {
      throw new IllegalStateException("the state is closed");
    }
  }

  /** Marks the state as in use by one step or call. */
  final void acquire() {
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

  final void release() {
    busy.set(false);
  }

  /** Makes the state unusable and frees its memory. On the engine thread. */
  final void abandon() {
    abandoned = true;
    cleanable.clean();
  }

  @Override
  public final void close() {
    closed = true;
    cleanable.clean();
  }
}
