package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An RWKV-7 model in the format of rwkv.cpp (FP32 or FP16), its tensors under the names of
 * flash-linear-attention: the low-rank matrices are stored transposed in both.
 *
 * <p>Format: magic, version, vocabulary, width, layers, type; then per tensor the number of sizes,
 * the length of its name, its type, the sizes with the fastest first, name and data; all integers
 * little-endian, 32 bits.
 */
final class RwkvCpp implements WeightSource {
  private static final int MAGIC = 0x67676d66;
  private static final int LONGEST_NAME = 1 << 10;
  private static final int MOST_TENSORS = 1 << 18;

  private static final Map<String, String> WHOLE =
      Map.of(
          "emb.weight", "model.embeddings.weight",
          "head.weight", "lm_head.weight",
          "ln_out.weight", "model.norm.weight",
          "ln_out.bias", "model.norm.bias");

  private static final Map<String, String> PARTS =
      Map.ofEntries(
          Map.entry("ln0", "pre_norm"),
          Map.entry("ln1", "attn_norm"),
          Map.entry("ln2", "ffn_norm"),
          Map.entry("att.x_rwkvag", "attn.x_x"),
          Map.entry("att.receptance", "attn.r_proj"),
          Map.entry("att.key", "attn.k_proj"),
          Map.entry("att.value", "attn.v_proj"),
          Map.entry("att.output", "attn.o_proj"),
          Map.entry("att.ln_x", "attn.g_norm"));

  private final FileChannel channel;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final int vocabulary;
  private final int hidden;
  private final int layers;
  private final Path file;

  private RwkvCpp(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    ByteBuffer header = read(0, 24);
    if (header.getInt() != MAGIC) {
      throw bad("it is not a file of rwkv.cpp");
    }
    int version = header.getInt();
    if (version != 100 && version != 101) {
      throw bad("it has version " + version + "; versions 100 and 101 are known");
    }
    vocabulary = sized("vocabulary", header.getInt(), 1 << 24);
    hidden = sized("width", header.getInt(), 1 << 20);
    layers = sized("number of layers", header.getInt(), 1 << 12);
    type(header.getInt());
    long at = 24;
    while (at < channel.size()) {
      if (tensors.size() == MOST_TENSORS) {
        throw bad("it holds more than %,d tensors".formatted(MOST_TENSORS));
      }
      at = tensor(at);
    }
    if (!tensors.containsKey("model.layers.0.attn.r_k")) {
      throw bad("it holds another version of RWKV than 7; only RWKV-7 is supported");
    }
  }

  /** The one file of this kind in {@code folder}, or null. */
  static @Nullable Path in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(RwkvCpp::hasMagic).toList();
      return found.size() == 1 ? found.get(0) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean hasMagic(Path file) {
    if (!file.toString().endsWith(".bin") || !Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer start = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      return channel.read(start, 0) == 4 && start.getInt(0) == MAGIC;
    } catch (IOException e) {
      return false;
    }
  }

  static RwkvCpp open(Path file) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file);
      return new RwkvCpp(file, channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        try {
          channel.close();
        } catch (IOException second) {
          e.addSuppressed(second);
        }
      }
      if (e instanceof BackendException problem) {
        throw problem;
      }
      throw new BackendException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The architecture, from sizes in the file. */
  static RwkvConfig config(Path file) {
    try (RwkvCpp source = open(file)) {
      StoredTensor bonus = source.tensors.get("model.layers.0.attn.r_k");
      StoredTensor inner = source.tensors.get("model.layers.0.ffn.key.weight");
      if (bonus == null
          || inner == null
          || bonus.shape().size() != 2
          || inner.shape().size() != 2) {
        throw source.bad("the sizes of a head and of the feed-forward layer are not in it");
      }
      List<Long> heads = bonus.shape();
      long dim = heads.get(1);
      if (dim < 1 || heads.get(0) * dim != source.hidden || inner.shape().get(0) > 1 << 22) {
        throw source.bad(
            "its sizes do not fit: heads %s, width %d".formatted(heads, source.hidden));
      }
      return new RwkvConfig(
          source.hidden,
          inner.shape().get(0).intValue(),
          source.layers,
          (int) dim,
          source.vocabulary,
          1e-5,
          false,
          file);
    }
  }

  private long tensor(long at) throws IOException {
    ByteBuffer head = read(at, 12);
    int dimensions = sized("number of sizes", head.getInt(), 4);
    int length = sized("name's length", head.getInt(), LONGEST_NAME);
    StoredType type = type(head.getInt());
    ByteBuffer rest = read(at + 12, 4 * dimensions + length);
    List<Long> shape = new ArrayList<>();
    long bytes = type.bytes;
    for (int i = 0; i < dimensions; i++) {
      int size = sized("size", rest.getInt(), Integer.MAX_VALUE);
      bytes = Math.multiplyExact(bytes, (long) size);
      shape.add(0, (long) size);
    }
    String stored = StandardCharsets.UTF_8.decode(rest).toString();
    long data = at + 12 + 4L * dimensions + length;
    if (bytes > channel.size() - data) {
      throw new EOFException("tensor '%s' is cut short".formatted(stored));
    }
    String name = name(stored);
    if (tensors.put(name, new StoredTensor(name, type, shape, file, data, bytes)) != null) {
      throw bad("tensor '%s' is in it twice".formatted(stored));
    }
    return data + bytes;
  }

  private StoredType type(int number) {
    if (number > 1) {
      throw bad("it is quantized (type %d); convert the model as FP16 or FP32".formatted(number));
    }
    return number == 0 ? StoredType.F32 : StoredType.F16;
  }

  private int sized(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw bad("its %s is %,d; it must be 1 to %,d".formatted(what, value, most));
    }
    return value;
  }

  private BackendException bad(String what) {
    return new BackendException("%s: %s".formatted(file, what));
  }

  private ByteBuffer read(long at, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("it is cut short");
      }
    }
    return buffer.flip();
  }

  private static String name(String stored) {
    String whole = WHOLE.get(stored);
    if (whole != null) {
      return whole;
    }
    String[] parts = stored.split("\\.", 3);
    if (parts.length < 3 || !parts[0].equals("blocks")) {
      return stored;
    }
    String layer = "model.layers." + parts[1] + ".";
    String rest = parts[2];
    if (rest.matches("att\\.[wavg][012]")) {
      String[] place = {"2.bias", "0.weight", "2.weight"};
      return layer + "attn." + rest.charAt(4) + "_lora.lora." + place[rest.charAt(5) - '0'];
    }
    for (Map.Entry<String, String> part : PARTS.entrySet()) {
      if (rest.equals(part.getKey()) || rest.startsWith(part.getKey() + ".")) {
        return layer + part.getValue() + rest.substring(part.getKey().length());
      }
    }
    return layer + (rest.startsWith("att.") ? "attn." + rest.substring(4) : rest);
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public ByteBuffer bytes(StoredTensor tensor) throws IOException {
    if (tensor.bytes() > Integer.MAX_VALUE) {
      throw new BackendException(
          "tensor '%s' of %s has %,d bytes; tensors above 2 GiB are not supported"
              .formatted(tensor.name(), file, tensor.bytes()));
    }
    // Names have any length, so data lie anywhere; native code reads whole elements.
    ByteBuffer mapped = channel.map(MapMode.READ_ONLY, tensor.offset(), tensor.bytes());
    ByteBuffer copy = ByteBuffer.allocateDirect((int) tensor.bytes()).put(mapped).flip();
    return copy.order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
