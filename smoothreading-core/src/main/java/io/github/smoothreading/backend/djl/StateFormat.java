package io.github.smoothreading.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The bytes of a saved state: what it belongs to, where it stands, and of keys and values the slots
 * that are needed to go on; a checksum last.
 */
final class StateFormat {
  private static final int MAGIC = 0x53525753; // "SRWS"
  private static final int VERSION = 1;

  private StateFormat() {}

  static void write(WindowState state, OutputStream out) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
    DataOutputStream data = new DataOutputStream(checked);
    LoadedModel model = state.model;
    int live = state.live();
    data.writeInt(MAGIC);
    data.writeInt(VERSION);
    data.writeUTF(model.descriptor().fingerprint());
    data.writeUTF(model.stateType());
    data.writeInt(state.window());
    data.writeInt(state.rewindable());
    data.writeLong(state.position());
    data.writeInt(state.pending());
    data.writeInt(live);
    if (live > 0) {
      int from = state.filled() - live;
      for (PtNDArray buffer : new PtNDArray[] {state.buffers.keys, state.buffers.values}) {
        for (int i = 0; i < model.config().layers(); i++) {
          int layer = i;
          data.write(model.call(decoder -> decoder.read(buffer, layer, from, live)));
        }
      }
    }
    data.flush();
    long sum = checked.getChecksum().getValue();
    DataOutputStream last = new DataOutputStream(out);
    last.writeLong(sum);
    last.flush();
  }

  static WindowState read(LoadedModel model, Object owner, InputStream in) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32C());
    DataInputStream data = new DataInputStream(checked);
    try {
      WindowState state = header(model, owner, data);
      try {
        body(model, state, data);
        long sum = checked.getChecksum().getValue();
        if (new DataInputStream(in).readLong() != sum) {
          throw new IOException("the saved state is damaged: its checksum does not fit");
        }
        return state;
      } catch (IOException | RuntimeException | Error e) {
        state.close();
        throw e;
      }
    } catch (EOFException e) {
      throw new IOException("the saved state is cut short", e);
    }
  }

  private static WindowState header(LoadedModel model, Object owner, DataInputStream data)
      throws IOException {
    if (data.readInt() != MAGIC) {
      throw new IOException("this is not a saved state of a window decoder");
    }
    int version = data.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the saved state has format %d, this release reads format %d"
              .formatted(version, VERSION));
    }
    String fingerprint = data.readUTF();
    if (!fingerprint.equals(model.descriptor().fingerprint())) {
      throw new IOException(
          "the saved state belongs to another model (%s); this one is %s (%s)"
              .formatted(fingerprint, model.descriptor().name(), model.descriptor().fingerprint()));
    }
    String type = data.readUTF();
    if (!type.equals(model.stateType())) {
      throw new IOException(
          "the saved state holds %s numbers, the model runs in %s; open it with the arithmetic it was saved with"
              .formatted(type, model.stateType()));
    }
    int window = data.readInt();
    int rewindable = data.readInt();
    long position = data.readLong();
    int pending = data.readInt();
    int live = data.readInt();
    boolean whole = live == position || (live >= window && live <= position);
    if (window < 1
        || rewindable < 0
        || live < 0
        || live > (long) window + rewindable
        || !whole
        || pending < WindowState.NOTHING
        || pending >= model.config().vocabulary()) {
      throw new IOException(
          "the saved state is damaged: window %d + %d, position %d, %d slots, next token %d"
              .formatted(window, rewindable, position, live, pending));
    }
    WindowState state;
    try {
      state = model.newState(owner, window, rewindable);
    } catch (IllegalArgumentException e) {
      throw new IOException("the saved state cannot be used: " + e.getMessage(), e);
    }
    state.restore(live, position, pending);
    return state;
  }

  private static void body(LoadedModel model, WindowState state, DataInputStream data)
      throws IOException {
    int live = state.filled();
    if (live == 0) {
      return;
    }
    byte[] bytes = new byte[model.layerBytes(live)];
    for (PtNDArray buffer : new PtNDArray[] {state.buffers.keys, state.buffers.values}) {
      for (int i = 0; i < model.config().layers(); i++) {
        int layer = i;
        data.readFully(bytes);
        model.call(
            decoder -> {
              decoder.write(buffer, layer, live, bytes);
              return null;
            });
      }
    }
  }
}
