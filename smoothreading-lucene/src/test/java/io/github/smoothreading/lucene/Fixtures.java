package io.github.smoothreading.lucene;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The indexes in the test resources; {@code src/test/fixtures} says how they were made. */
final class Fixtures {
  private Fixtures() {}

  /** Unpacks one into a new folder below {@code folder}. */
  static Path unpack(String name, Path folder) throws IOException {
    Path index = Files.createDirectory(folder.resolve(name));
    try (InputStream in = Fixtures.class.getResourceAsStream("/indexes/" + name + ".zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, index.resolve(Path.of(entry.getName()).getFileName()));
      }
    }
    return index;
  }
}
