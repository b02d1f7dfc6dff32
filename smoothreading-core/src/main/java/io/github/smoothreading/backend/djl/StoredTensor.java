package io.github.smoothreading.backend.djl;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a tensor stands in a weight file.
 *
 * @param name its name in the file
 * @param type element type
 * @param shape sizes, slowest dimension first
 * @param file the file
 * @param offset first byte in the file
 * @param bytes length in bytes
 */
record StoredTensor(
    String name, StoredType type, List<Long> shape, Path file, long offset, long bytes) {
  StoredTensor {
    shape = List.copyOf(shape);
  }
}
