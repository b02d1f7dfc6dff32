package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Limits;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Tiny models for tests: the golden ones, with a tokenizer of single characters beside them. */
final class TestModels {
  static final int[] NONE = {};
  static final String[] GOLDENS = {"llama-tied", "llama-untied", "qwen2-tied", "qwen2-untied"};

  private TestModels() {}

  static Path golden(String name) {
    return Path.of("src/test/resources/goldens").resolve(name);
  }

  /** A copy of a golden model in {@code parent} that can be opened. */
  static Path folder(Path parent, String name) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name));
    for (String file : new String[] {"config.json", "model.safetensors"}) {
      Files.write(folder.resolve(file), Files.readAllBytes(golden(name).resolve(file)));
    }
    Files.write(folder.resolve("tokenizer.json"), tokenizer(11));
    return folder;
  }

  /**
   * A byte-level tokenizer of {@code control} control tokens and the printable ASCII characters.
   */
  static byte[] tokenizer(int control) throws IOException {
    ObjectNode json = Json.MAPPER.createObjectNode();
    ArrayNode added = json.putArray("added_tokens");
    for (String part : new String[] {"pre_tokenizer", "decoder"}) {
      json.putObject(part)
          .put("type", "ByteLevel")
          .put("add_prefix_space", false)
          .put("trim_offsets", false)
          .put("use_regex", true);
    }
    ObjectNode model = json.putObject("model").put("type", "BPE");
    ObjectNode vocab = model.putObject("vocab");
    model.putArray("merges");
    for (int i = 0; i < control; i++) {
      added.addObject().put("id", i).put("content", "<" + i + ">").put("special", true);
      vocab.put("<" + i + ">", i);
    }
    int id = control;
    for (char c = '!'; c <= '~'; c++) {
      vocab.put(String.valueOf(c), id++);
    }
    vocab.put("\u0120", id);
    return Json.MAPPER.writeValueAsBytes(json);
  }

  static BackendOptions options(Compute compute) {
    return BackendOptions.builder().compute(compute).threads(1).build();
  }

  static ReadingBackend open(Path folder) {
    return new DjlBackendProvider().open(folder, options(Compute.FP32));
  }

  static Limits limits(int maxTokens, int... stop) {
    Set<Integer> stops = new java.util.HashSet<>();
    Arrays.stream(stop).forEach(stops::add);
    return new Limits(maxTokens, stops, new int[] {3, 5}, () -> false);
  }

  static Generation generate(ReadingBackend backend, ReadingState state, int[] append, int count) {
    return backend.advance(new Step(state, append, NONE, NONE, limits(count)));
  }

  static int[] random(Random random, int count, int vocabulary) {
    return random.ints(count, 0, vocabulary).toArray();
  }

  /** Seed of a randomised test, printed so that a failure can be repeated with -Dseed=. */
  static Random seeded(String test) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.printf("%s: -Dseed=%d%n", test, seed);
    return new Random(seed);
  }

  /** Writes a safetensors file with the given header entries, in order, and data. */
  static void safetensors(Path file, String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    Files.write(file, bytes.array());
  }

  /** Rewrites {@code source} with other tensors in place of some; a null value leaves one out. */
  static void rewrite(Path source, Path target, Map<String, Tensor> changes) throws IOException {
    Map<String, Tensor> all = new TreeMap<>();
    for (StoredTensor stored : SafetensorsHeader.read(source).values()) {
      byte[] bytes = new byte[(int) stored.bytes()];
      ByteBuffer.wrap(Files.readAllBytes(source)).position((int) stored.offset()).get(bytes);
      all.put(stored.name(), new Tensor(stored.type().name(), stored.shape(), bytes));
    }
    changes.forEach(
        (name, tensor) -> {
          if (tensor == null) {
            all.remove(name);
          } else {
            all.put(name, tensor);
          }
        });
    ObjectNode header = Json.MAPPER.createObjectNode();
    var data = new java.io.ByteArrayOutputStream();
    all.forEach(
        (name, tensor) -> {
          ObjectNode entry = header.putObject(name).put("dtype", tensor.type());
          ArrayNode shape = entry.putArray("shape");
          tensor.shape().forEach(shape::add);
          entry.putArray("data_offsets").add(data.size()).add(data.size() + tensor.bytes().length);
          data.writeBytes(tensor.bytes());
        });
    safetensors(target, header.toString(), data.toByteArray());
  }

  /** A tensor to write. */
  record Tensor(String type, java.util.List<Long> shape, byte[] bytes) {}
}
