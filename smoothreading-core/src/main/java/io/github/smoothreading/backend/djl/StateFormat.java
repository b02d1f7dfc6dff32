package io.github.smoothreading.backend.djl;

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
 * The bytes of a saved state: what it belongs to, where it stands, and what is needed to go on; a
 * checksum last.
 */
final class StateFormat {
  private static final int MAGIC = 0x53525753; // "SRWS"
  private static final int VERSION = 1;

  private StateFormat() {}

  static void write(DecoderState state, OutputStream out) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
    DataOutputStream data = new DataOutputStream(checked);
    LoadedModel model = state.model;
    data.writeInt(MAGIC);
    data.writeInt(VERSION);
    data.writeUTF(model.descriptor().fingerprint());
    data.writeUTF(model.stateType());
    data.writeInt(state.window());
    data.writeInt(state.rewindable);
    data.writeLong(state.position());
    data.writeInt(state.pending());
    state.write(data);
    data.flush();
    long sum = checked.getChecksum().getValue();
    DataOutputStream last = new DataOutputStream(out);
    last.writeLong(sum);
    last.flush();
  }

  static DecoderState read(LoadedModel model, Object owner, InputStream in) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32C());
    DataInputStream data = new DataInputStream(checked);
    try {
      DecoderState state = header(model, owner, data);
      try {
        state.read(data);
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

  private static DecoderState header(LoadedModel model, Object owner, DataInputStream data)
      throws IOException {
    if (data.readInt() != MAGIC) {
      throw new IOException("this is not a saved state of a local model");
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
    if (window < 1
        || rewindable < 0
        || position < 0
        || pending < DecoderState.NOTHING
        || pending >= model.config().vocabulary()) {
      throw new IOException(
          "the saved state is damaged: window %d + %d, position %d, next token %d"
              .formatted(window, rewindable, position, pending));
    }
    DecoderState state;
    try {
      state = model.newState(owner, window, rewindable);
    } catch (IllegalArgumentException e) {
      throw new IOException("the saved state cannot be used: " + e.getMessage(), e);
    }
    state.restore(position, pending);
    return state;
  }
}
