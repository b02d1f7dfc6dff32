package io.github.smoothreading.backend.djl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** The tensors of a model, one slice at a time; nothing is read before it is asked for. */
interface WeightSource extends AutoCloseable {
  /** All tensors by name; everything about them was checked. */
  Map<String, StoredTensor> tensors();

  /** The bytes of a tensor, little-endian, in a direct buffer of exactly its length. */
  ByteBuffer bytes(StoredTensor tensor) throws IOException;

  @Override
  void close();
}
