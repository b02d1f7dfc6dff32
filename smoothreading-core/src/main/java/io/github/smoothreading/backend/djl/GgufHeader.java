package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads and checks the list of tensors of a GGUF file. */
final class GgufHeader {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final int MOST = 1 << 20; // entries, and bytes of a name

  /** Bytes of a scalar by type id; 0 for what is none. */
  private static final int[] SCALARS = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** A tensor; shape slowest dimension first, offset from the start of the file. */
  record Entry(String name, GgufType type, List<Long> shape, long count, long offset, long bytes) {}

  private final Path file;
  private final InputStream in;
  private long at;
  private long alignment = 32;

  private GgufHeader(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  static List<Entry> read(Path file, FileChannel channel) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return new GgufHeader(file, in).entries(channel.size());
    } catch (EOFException e) {
      throw new BackendException(file + " is cut short", e);
    } catch (ArithmeticException e) {
      throw new BackendException(file + " has a tensor of impossible size", e);
    }
  }

  private List<Entry> entries(long size) throws IOException {
    if ((int) number(4) != MAGIC) {
      throw bad("does not start like a GGUF file");
    }
    long version = number(4);
    if (version != 2 && version != 3) {
      throw bad("has version %d; versions 2 and 3 are read".formatted(version));
    }
    int tensors = count(number(8));
    int pairs = count(number(8));
    for (int i = 0; i < pairs; i++) {
      String key = string();
      int type = (int) number(4);
      if (key.equals("general.alignment") && type == 4) {
        alignment = number(4);
      } else {
        skip(type, 0);
      }
    }
    List<Entry> relative = new ArrayList<>();
    for (int i = 0; i < tensors; i++) {
      relative.add(entry());
    }
    if (alignment < 1 || alignment > MOST) {
      throw bad("has an alignment of " + alignment);
    }
    long data = Math.multiplyExact(Math.addExact(at, alignment - 1) / alignment, alignment);
    List<Entry> result = new ArrayList<>();
    for (Entry e : relative) {
      long offset = Math.addExact(data, e.offset);
      if (e.offset < 0 || Math.addExact(offset, e.bytes) > size) {
        throw bad("ends before tensor '%s' does: it is cut short".formatted(e.name));
      }
      result.add(new Entry(e.name, e.type, e.shape, e.count, offset, e.bytes));
    }
    result.sort(Comparator.comparingLong(Entry::offset));
    for (int i = 1; i < result.size(); i++) {
      Entry before = result.get(i - 1);
      if (before.offset + before.bytes > result.get(i).offset) {
        throw bad("lets '%s' and '%s' overlap".formatted(before.name, result.get(i).name));
      }
    }
    return result;
  }

  private Entry entry() throws IOException {
    String name = string();
    int dimensions = (int) number(4);
    if (dimensions < 1 || dimensions > 4) {
      throw bad("gives tensor '%s' %d dimensions".formatted(name, dimensions));
    }
    List<Long> shape = new ArrayList<>();
    long count = 1;
    for (int d = 0; d < dimensions; d++) {
      long length = number(8);
      if (length < 1) {
        throw bad("gives tensor '%s' an empty dimension".formatted(name));
      }
      shape.add(0, length);
      count = Math.multiplyExact(count, length);
    }
    int id = (int) number(4);
    GgufType type = GgufType.of(id);
    if (type == null) {
      throw bad(
          "stores tensor '%s' in format %d; F32, F16, BF16, Q4_1 and Q8_0 are read"
              .formatted(name, id));
    }
    long offset = number(8);
    if (shape.get(dimensions - 1) % type.block != 0) {
      throw bad("has rows of tensor '%s' that are no whole blocks".formatted(name));
    }
    long bytes = Math.multiplyExact(count / type.block, type.bytes);
    return new Entry(name, type, shape, count, offset, bytes);
  }

  private void skip(int type, int depth) throws IOException {
    if (type == STRING) {
      skipBytes(number(8));
    } else if (type == ARRAY && depth < 4) {
      int element = (int) number(4);
      long length = number(8);
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw bad("has a list of impossible length");
      }
      for (long i = 0; i < length; i++) {
        skip(element, depth + 1);
      }
    } else if (type >= 0 && type < SCALARS.length && SCALARS[type] > 0) {
      skipBytes(SCALARS[type]);
    } else {
      throw bad("has a value of unknown type " + type);
    }
  }

  private int count(long number) {
    if (number < 0 || number > MOST) {
      throw bad("announces %s entries".formatted(Long.toUnsignedString(number)));
    }
    return (int) number;
  }

  private String string() throws IOException {
    byte[] bytes = bytes(count(number(8)));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private long number(int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(size)).order(ByteOrder.LITTLE_ENDIAN);
    return size == 4 ? buffer.getInt() : buffer.getLong();
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    at += count;
    return bytes;
  }

  private void skipBytes(long count) throws IOException {
    if (count < 0) {
      throw bad("has a text of impossible length");
    }
    in.skipNBytes(count);
    at += count;
  }

  private BackendException bad(String what) {
    return new BackendException(file + " " + what);
  }
}
