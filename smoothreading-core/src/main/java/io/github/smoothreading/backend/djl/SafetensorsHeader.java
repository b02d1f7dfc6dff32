package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and checks the header of one safetensors file: eight bytes of length, then JSON, then the
 * tensors' bytes.
 */
final class SafetensorsHeader {
  /** The format's own limit. */
  private static final long LONGEST = 100_000_000;

  private final Path file;

  private SafetensorsHeader(Path file) {
    this.file = file;
  }

  static Map<String, StoredTensor> read(Path file) {
    return new SafetensorsHeader(file).read();
  }

  private Map<String, StoredTensor> read() {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size < 10) {
        throw bad("has only %d bytes".formatted(size));
      }
      long length = bytes(channel, 0, 8).getLong();
      if (length < 2 || length > LONGEST || length > size - 8) {
        throw bad(
            "announces a header of %s bytes in a file of %,d"
                .formatted(Long.toUnsignedString(length), size));
      }
      JsonNode header = Json.MAPPER.readTree(bytes(channel, 8, (int) length).array());
      if (!header.isObject()) {
        throw bad("has a header that is not a JSON object");
      }
      List<StoredTensor> tensors = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (!entry.getKey().equals("__metadata__")) {
          tensors.add(tensor(entry.getKey(), entry.getValue(), 8 + length, size));
        }
      }
      return apart(tensors);
    } catch (IOException e) {
      throw new BackendException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw bad("ends at byte %,d".formatted(at + buffer.position()));
      }
    }
    return buffer.flip();
  }

  private StoredTensor tensor(String name, JsonNode node, long data, long size) {
    StoredType type;
    try {
      type = StoredType.of(node.path("dtype").asText());
    } catch (IllegalArgumentException e) {
      throw bad("gives tensor '%s' the %s".formatted(name, e.getMessage()));
    }
    JsonNode sizes = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!sizes.isArray() || offsets.size() != 2) {
      throw bad("gives tensor '%s' no shape or no two offsets".formatted(name));
    }
    List<Long> shape = new ArrayList<>();
    long bytes = type.bytes;
    for (JsonNode s : sizes) {
      if (!s.canConvertToLong() || !s.isIntegralNumber() || s.longValue() < 0) {
        throw bad("gives tensor '%s' the shape %s".formatted(name, sizes));
      }
      shape.add(s.longValue());
      try {
        bytes = Math.multiplyExact(bytes, s.longValue());
      } catch (ArithmeticException e) {
        throw bad("gives tensor '%s' the impossible shape %s".formatted(name, sizes));
      }
    }
    long from = offset(offsets.get(0));
    long to = offset(offsets.get(1));
    if (from < 0 || to < from) {
      throw bad("gives tensor '%s' the offsets %s".formatted(name, offsets));
    }
    if (to > size - data) {
      throw bad(
          "ends before tensor '%s' does (%,d of %,d bytes): the file is cut short"
              .formatted(name, size - data, to));
    }
    if (to - from != bytes) {
      throw bad(
          "has %,d bytes for tensor '%s', but %s %s needs %,d"
              .formatted(to - from, name, type, shape, bytes));
    }
    return new StoredTensor(name, type, shape, file, data + from, bytes);
  }

  private static long offset(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : -1;
  }

  private Map<String, StoredTensor> apart(List<StoredTensor> tensors) {
    tensors.sort(Comparator.comparingLong(StoredTensor::offset).thenComparing(StoredTensor::bytes));
    Map<String, StoredTensor> result = new LinkedHashMap<>();
    StoredTensor before = null;
    for (StoredTensor t : tensors) {
      if (before != null && before.offset() + before.bytes() > t.offset()) {
        throw bad("lets the tensors '%s' and '%s' overlap".formatted(before.name(), t.name()));
      }
      before = t;
      result.put(t.name(), t);
    }
    return result;
  }

  private BackendException bad(String what) {
    return new BackendException(
        "%s %s. It is damaged or not a safetensors file; copy or download it again."
            .formatted(file, what));
  }
}
