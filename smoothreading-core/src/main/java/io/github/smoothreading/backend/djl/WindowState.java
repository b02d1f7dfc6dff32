package io.github.smoothreading.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The window of keys and values of one reading.
 *
 * <p>A buffer with more slots than the window: new tokens are appended, and when it is full the
 * newest ones move to the front. So keys stay in order, and forgetting tokens is a subtraction.
 */
final class WindowState extends DecoderState {
  private volatile int filled;

  WindowState(LoadedModel model, StateBuffers buffers, int window, int rewindable) {
    super(model, buffers, window, rewindable);
  }

  /** Slots of a state: the window, what may be undone, and room for a pass. */
  static int slots(int window, int rewindable) {
    return Math.addExact(Math.addExact(window, rewindable), ActiveStep.LONGEST);
  }

  /** Newest slots that a copy has to hold. */
  private int live() {
    return Math.min(filled, window + rewindable);
  }

  @Override
  Row row(Decoder decoder, int[] tokens, int firstWanted, int[] probes) {
    requireUnfreed();
    if (filled + tokens.length > buffers.slots) {
      int keep = live();
      decoder.slide(buffers, filled - keep, keep);
      filled = keep;
    }
    long[] place = {filled, position(), window};
    return new Row(buffers, tokens, place, firstWanted, probes);
  }

  @Override
  void advance(int tokens) {
    filled += tokens;
    super.advance(tokens);
  }

  @Override
  int forgettable() {
    // While nothing has left the buffer all of it may be undone, else whatever leaves a whole
    // window.
    return position() == filled ? filled : filled - window;
  }

  @Override
  void forget(int tokens) {
    filled -= tokens;
    super.forget(tokens);
  }

  @Override
  void copy(DecoderState source) {
    WindowState other = (WindowState) source;
    int count = other.live();
    model.call(
        decoder -> {
          decoder.copy(other.buffers, buffers, other.filled - count, count);
          return null;
        });
    filled = count;
  }

  @Override
  void write(DataOutputStream out) throws IOException {
    int live = live();
    out.writeInt(live);
    if (live > 0) {
      int from = filled - live;
      for (PtNDArray buffer : new PtNDArray[] {buffers.keys, buffers.values}) {
        for (int i = 0; i < model.config().layers(); i++) {
          int layer = i;
          out.write(model.call(decoder -> decoder.read(buffer, layer, from, live)));
        }
      }
    }
  }

  @Override
  void read(DataInputStream in) throws IOException {
    int live = in.readInt();
    boolean whole = live == position() || (live >= window && live <= position());
    if (live < 0 || live > (long) window + rewindable || !whole) {
      throw new IOException(
          "the saved state is damaged: window %d + %d, position %d, %d slots"
              .formatted(window, rewindable, position(), live));
    }
    filled = live;
    if (live == 0) {
      return;
    }
    byte[] bytes = new byte[model.layerBytes(0, live)];
    for (PtNDArray buffer : new PtNDArray[] {buffers.keys, buffers.values}) {
      for (int i = 0; i < model.config().layers(); i++) {
        int layer = i;
        in.readFully(bytes);
        model.call(
            decoder -> {
              decoder.write(buffer, layer, live, bytes);
              return null;
            });
      }
    }
  }
}
