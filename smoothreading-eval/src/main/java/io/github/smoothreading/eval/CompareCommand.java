package io.github.smoothreading.eval;

import io.github.smoothreading.eval.result.Run;
import io.github.smoothreading.eval.result.RunFolder;
import io.github.smoothreading.eval.stats.Comparison;
import io.github.smoothreading.eval.stats.Comparison.Row;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two runs. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two runs, reading by reading, as a Markdown table.",
      "Differences (second minus first) and ratios of times come with 95 %% confidence intervals."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FIRST", description = "A results.json, or the folder of a run.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "SECOND", description = "Another one.")
  private Path second = Path.of("");

  @Override
  public Integer call() {
    Run one = RunFolder.read(first);
    Run other = RunFolder.read(second);
    PrintWriter out = spec.commandLine().getOut();
    differences(out, "model", one.about().model(), other.about().model());
    differences(out, "settings", one.about().settings(), other.about().settings());
    differences(out, "machine", one.about().machine(), other.about().machine());
    Comparison comparison = Comparison.of(one, other);
    if (comparison.rows().isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' and '%s' have no reading in common; compare runs of the same suite and settings"
              .formatted(first, second));
    }
    out.println(
        "| part | task | reader | pairs | first | second | difference | time, second / first |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    comparison.rows().forEach(row -> out.println(line(row)));
    if (comparison.onlyFirst() + comparison.onlySecond() > 0) {
      out.printf(
          "%nNot compared: %d readings only in the first, %d only in the second.%n",
          comparison.onlyFirst(), comparison.onlySecond());
    }
    return Evaluate.DONE;
  }

  private static String line(Row row) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %d | %.1f %% | %.1f %% | %+.1f points (%+.1f to %+.1f)%s | %.2f (%.2f to"
            + " %.2f) |",
        row.experiment(),
        row.task(),
        row.reader(),
        row.pairs(),
        100 * row.first(),
        100 * row.second(),
        100 * row.difference().value(),
        100 * row.difference().low(),
        100 * row.difference().high(),
        row.difference().holds(0) ? "" : " *",
        row.time().value(),
        row.time().low(),
        row.time().high());
  }

  private static void differences(
      PrintWriter out, String what, Map<String, String> one, Map<String, String> other) {
    TreeSet<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    for (String key : keys) {
      String before = one.getOrDefault(key, "none");
      String after = other.getOrDefault(key, "none");
      if (!before.equals(after)) {
        out.println("%s, %s: %s -> %s".formatted(what, key, before, after));
      }
    }
  }
}
