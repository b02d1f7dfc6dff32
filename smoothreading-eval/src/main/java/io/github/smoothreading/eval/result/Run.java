package io.github.smoothreading.eval.result;

import java.util.List;
import java.util.Map;

/**
 * A whole run.
 *
 * @param about what was run, with what, on what
 * @param results in the order of the suite
 */
public record Run(About about, List<Result> results) {
  public Run {
    results = List.copyOf(results);
  }

  /**
   * What was run.
   *
   * @param format of this file: 1
   * @param suite its name
   * @param command the command line
   * @param started when, ISO 8601
   * @param settings what decides which readings there are; the same on resuming
   * @param model name, fingerprint, window, chunk and so on; the same on resuming
   * @param machine processor, processors, memory
   * @param versions of this module, the JDK and the operating system
   */
  public record About(
      int format,
      String suite,
      String command,
      String started,
      Map<String, String> settings,
      Map<String, String> model,
      Map<String, String> machine,
      Map<String, String> versions) {
    /** The newest format. */
    public static final int FORMAT = 1;
  }
}
