package io.github.smoothreading.eval;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a page says about where a run took place. */
final class Machine {
  private Machine() {}

  static Map<String, String> describe() {
    Map<String, String> machine = new TreeMap<>();
    machine.put("processor", field("/proc/cpuinfo", "model name"));
    machine.put("vector units", vectorUnits());
    machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("memory", field("/proc/meminfo", "MemTotal"));
    machine.put(
        "load when it began",
        String.format(
            Locale.ROOT,
            "%.1f",
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    return machine;
  }

  static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    String own = Machine.class.getPackage().getImplementationVersion();
    versions.put("smoothreading", own == null ? "built from source" : own);
    versions.put("JDK", Runtime.version().toString());
    versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  private static String vectorUnits() {
    return Stream.of(field("/proc/cpuinfo", "flags").split(" "))
        .filter(
            flag -> flag.matches("avx2|avx512f|avx512_vnni|avx_vnni|avx512_bf16|amx_bf16|amx_int8"))
        .collect(Collectors.joining(" "));
  }

  private static String field(String file, String name) {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
