package io.github.smoothreading.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Questions to the file system. */
final class Disk {
  private Disk() {}

  /** Length of a file, or -1 where there is none. */
  static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  /** Bytes that may be written to {@code folder}. */
  static long free(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Deletes a folder and the files in it; it need not exist. */
  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.deleteIfExists(folder);
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        delete(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  static String megabytes(long bytes) {
    return "%d MB".formatted((bytes + 999_999) / 1_000_000);
  }
}
