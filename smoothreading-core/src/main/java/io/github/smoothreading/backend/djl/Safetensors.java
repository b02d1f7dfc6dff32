package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The safetensors files of a model, one or several shards.
 *
 * <p>Each tensor is a memory map of its own, so files may be larger than the two gigabytes that one
 * buffer can span. Every header is checked before a byte reaches native code.
 */
final class Safetensors implements WeightSource {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private final Map<String, StoredTensor> tensors;
  private final Map<Path, FileChannel> channels = new HashMap<>();

  private Safetensors(Map<String, StoredTensor> tensors) {
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /** Whether {@code folder} has files of this kind. */
  static boolean in(Path folder) {
    return Files.exists(folder.resolve(SINGLE)) || Files.exists(folder.resolve(INDEX));
  }

  static Safetensors open(Path folder) {
    Path single = folder.resolve(SINGLE);
    if (Files.exists(single)) {
      return new Safetensors(SafetensorsHeader.read(single));
    }
    Path index = folder.resolve(INDEX);
    if (!Files.exists(index)) {
      throw new BackendException(
          "%s has neither %s nor %s. Pickled weights (*.bin, *.pt, *.pth) are never loaded: convert them to safetensors."
              .formatted(folder, SINGLE, INDEX));
    }
    return new Safetensors(shards(folder, index));
  }

  private static Map<String, StoredTensor> shards(Path folder, Path index) {
    JsonNode map = Json.read(index, "the list of weight files").path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw new BackendException(index + " has no 'weight_map' that names the tensors' files");
    }
    Map<String, String> files = new TreeMap<>();
    map.properties().forEach(entry -> files.put(entry.getKey(), entry.getValue().asText()));
    Map<String, Map<String, StoredTensor>> shards = new HashMap<>();
    for (String name : new TreeSet<>(files.values())) {
      if (!name.matches("[A-Za-z0-9._-]+\\.safetensors")) {
        throw new BackendException(
            "%s names the file '%s': only *.safetensors files in the same folder are read"
                .formatted(index, name));
      }
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        throw new BackendException("%s is missing; %s needs it".formatted(file, index));
      }
      shards.put(name, SafetensorsHeader.read(file));
    }
    Map<String, StoredTensor> all = new LinkedHashMap<>();
    files.forEach(
        (tensor, name) -> {
          StoredTensor found = shards.getOrDefault(name, Map.of()).get(tensor);
          if (found == null) {
            throw new BackendException(
                "tensor '%s' is not in %s, where %s says it is"
                    .formatted(tensor, folder.resolve(name), index));
          }
          all.put(tensor, found);
        });
    return all;
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  @Override
  public ByteBuffer bytes(StoredTensor tensor) throws IOException {
    if (tensor.bytes() > Integer.MAX_VALUE) {
      throw new BackendException(
          "tensor '%s' of %s has %,d bytes; tensors above 2 GiB are not supported"
              .formatted(tensor.name(), tensor.file(), tensor.bytes()));
    }
    FileChannel channel = channels.get(tensor.file());
    if (channel == null) {
      channel = FileChannel.open(tensor.file());
      channels.put(tensor.file(), channel);
    }
    if (tensor.offset() + tensor.bytes() > channel.size()) {
      throw new BackendException(tensor.file() + " became shorter while it was read");
    }
    ByteBuffer mapped = channel.map(MapMode.READ_ONLY, tensor.offset(), tensor.bytes());
    if (tensor.offset() % tensor.type().bytes != 0) {
      // Native code reads whole elements: give it an aligned copy.
      mapped = ByteBuffer.allocateDirect((int) tensor.bytes()).put(mapped).flip();
    }
    return mapped.order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    for (FileChannel channel : channels.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    channels.clear();
  }
}
