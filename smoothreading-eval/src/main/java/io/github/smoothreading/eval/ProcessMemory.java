package io.github.smoothreading.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Resident memory of this process, as Linux tells it; 0 on other systems. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private ProcessMemory() {}

  /** Lets the peak begin anew. */
  static void resetPeak() {
    try {
      // Written to this file, 5 resets the peak of the resident size and nothing else.
      Files.writeString(CLEAR, "5");
    } catch (IOException | SecurityException e) {
      // The peak is then that of the whole process so far.
    }
  }

  /** Largest resident size since the last reset, in bytes. */
  static long peakBytes() {
    return bytes("VmHWM:");
  }

  /** Resident memory that is no mapped file, in bytes. */
  static long anonymousBytes() {
    return bytes("RssAnon:");
  }

  private static long bytes(String field) {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    // A file of /proc has no length, so it is read line by line.
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
