package io.github.smoothreading.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What Linux tells about this machine and this process. */
final class Machine {
  /** Flags that decide which arithmetic is fast. */
  private static final Set<String> FLAGS =
      Set.of(
          "avx2 avx512f avx512_vnni avx_vnni avx512_bf16 avx512_fp16 amx_tile amx_bf16 amx_int8"
              .split(" "));

  private Machine() {}

  /** CPU, its flags that matter, processors and load: the head of every table. */
  static String describe() {
    return "%s; %s; %d processors; JDK %s; load %.2f"
        .formatted(
            cpu(),
            flags().stream().filter(FLAGS::contains).collect(Collectors.joining(" ")),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  static String cpu() {
    return field("/proc/cpuinfo", "model name").orElse("unknown CPU");
  }

  static boolean hasAmx() {
    return flags().contains("amx_tile");
  }

  private static List<String> flags() {
    return Arrays.asList(field("/proc/cpuinfo", "flags").orElse("").split(" "));
  }

  /** Anonymous resident bytes: heap and native memory, without the mapped model file. */
  static long anonymousBytes() {
    String kilobytes =
        field("/proc/self/status", "RssAnon")
            .orElseThrow(
                () -> new IllegalStateException("/proc/self/status has no RssAnon; run on Linux"));
    return 1024 * Long.parseLong(kilobytes.replaceAll("[^0-9]", ""));
  }

  /** Heap in use after a collection. */
  static long heapAfterGc() {
    // Twice: what finalizers and cleaners let go in the first is collected in the second.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Optional<String> field(String file, String name) {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return Optional.empty();
    }
    // A file of /proc has no length, so it is read line by line.
    try (var lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
