package io.github.smoothreading.backend.djl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** The tensors of a model, one slice at a time; nothing is read before it is asked for. */
interface WeightSource extends AutoCloseable {
  /** The weights in {@code folder}: safetensors, else a single GGUF file. */
  static WeightSource open(Path folder, ModelConfig config) {
    Path gguf = Safetensors.in(folder) ? null : Gguf.in(folder);
    return gguf == null ? Safetensors.open(folder) : Gguf.open(gguf, config);
  }

  /** All tensors by name; everything about them was checked. */
  Map<String, StoredTensor> tensors();

  /** The bytes of a tensor, little-endian, in a direct buffer of exactly its length. */
  ByteBuffer bytes(StoredTensor tensor) throws IOException;

  @Override
  void close();
}
