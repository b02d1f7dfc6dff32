package io.github.smoothreading.eval.report;

import io.github.smoothreading.eval.result.Cost;
import io.github.smoothreading.eval.result.Result;
import io.github.smoothreading.eval.stats.CostModel;
import io.github.smoothreading.eval.stats.Growth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** Time and memory against length, speed-ups, growth, and the cost model. */
final class EfficiencySection {
  private static final String TIMED = "time to answer";
  private static final String FULL = "full attention";

  private EfficiencySection() {}

  static Optional<Section> of(List<Result> all) {
    List<Result> read = all.stream().filter(Result::isRead).toList();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    List<Result> timed = read.stream().filter(result -> result.task().equals(TIMED)).toList();
    Section section = Section.of("Efficiency");
    section.say(
        "Every reading goes to the end of the document and runs alone; opening the model is not in"
            + " the time. Peak memory is the process's largest resident size during the reading,"
            + " weights included; memory between chunks leaves mapped files out; the state is what"
            + " one reading keeps beside the weights.");
    Map<String, List<Result>> byReader = ScoreSections.by(timed, Result::reader);
    section.add(times(byReader));
    section.add(speedUps(timed, byReader));
    section.add(growths(byReader));
    if (!timed.isEmpty()) {
      section.add(
          Plots.byLength(
              "time-by-length", "Time to answer", byReader, "seconds", cost -> cost.seconds()));
      if (timed.stream().anyMatch(result -> result.cost().peakBytes() > 0)) {
        section.add(
            Plots.byLength(
                "memory-by-length",
                "Peak resident memory",
                byReader,
                "MiB",
                cost -> cost.peakBytes() / 1048576.0));
      }
    }
    costModel(read).ifPresent(model -> describe(section, model));
    return Optional.of(section);
  }

  private static Table times(Map<String, List<Result>> byReader) {
    Table table =
        Table.of(
            "reader",
            "document",
            "time",
            "tokens/s",
            "rounds",
            "tokens fed",
            "written, of them drafted",
            "peak memory MiB",
            "between chunks MiB",
            "state MiB");
    byReader.forEach(
        (reader, results) ->
            ScoreSections.sortedBy(results, result -> result.number("length", 0))
                .forEach((length, at) -> table.row(row(reader, length, at))));
    return table;
  }

  private static String[] row(String reader, double length, List<Result> at) {
    Cost cost = at.get(0).cost();
    double seconds = median(at);
    return new String[] {
      reader,
      Numbers.length(length),
      Numbers.seconds(seconds),
      Numbers.format("%,.0f", cost.tokens() / seconds),
      Integer.toString(cost.rounds()),
      Numbers.format("%,d", cost.fed()),
      Numbers.format("%,d, %,d", cost.generated(), cost.accepted()),
      Numbers.mebibytes(cost.peakBytes()),
      Numbers.mebibytes(cost.anonymousBytes()),
      Numbers.mebibytes(cost.stateBytes())
    };
  }

  /** How many times faster than full attention, length by length. */
  private static Table speedUps(List<Result> timed, Map<String, List<Result>> byReader) {
    List<String> slow =
        byReader.keySet().stream()
            .filter(name -> name.contains(FULL) || name.startsWith("llama.cpp"))
            .toList();
    List<String> headers = new ArrayList<>(List.of("reader", "document"));
    slow.forEach(name -> headers.add("faster than " + name));
    Table table = new Table(headers, new ArrayList<>());
    if (slow.isEmpty()) {
      return table;
    }
    for (String reader : byReader.keySet()) {
      if (slow.contains(reader)) {
        continue;
      }
      for (double length : ScoreSections.lengthsOf(timed)) {
        List<Result> own = at(byReader, reader, length);
        List<String> cells = new ArrayList<>(List.of(reader, Numbers.length(length)));
        for (String other : slow) {
          List<Result> others = at(byReader, other, length);
          cells.add(
              own.isEmpty() || others.isEmpty()
                  ? ""
                  : Numbers.format("%.2f×", median(others) / median(own)));
        }
        if (cells.stream().skip(2).anyMatch(cell -> !cell.isEmpty())) {
          table.row(cells.toArray(String[]::new));
        }
      }
    }
    return table;
  }

  private static List<Result> at(Map<String, List<Result>> byReader, String reader, double length) {
    return byReader.getOrDefault(reader, List.of()).stream()
        .filter(result -> result.number("length", 0) == length)
        .toList();
  }

  private static Table growths(Map<String, List<Result>> byReader) {
    Table table =
        Table.of(
            "reader",
            "time grows with length to the power of (95 %)",
            "R²",
            "lengths",
            "peak memory, longest / shortest",
            "between chunks, longest / shortest");
    byReader.forEach(
        (reader, results) -> {
          Map<Double, List<Result>> byLength =
              ScoreSections.sortedBy(results, result -> result.number("length", 0));
          if (byLength.size() < 3) {
            return;
          }
          double[] lengths =
              byLength.values().stream().mapToDouble(at -> at.get(0).cost().tokens()).toArray();
          double[] seconds =
              byLength.values().stream().mapToDouble(EfficiencySection::median).toArray();
          Growth growth = Growth.fit(lengths, seconds);
          List<Result> ordered = byLength.values().stream().map(at -> at.get(0)).toList();
          Cost first = ordered.get(0).cost();
          Cost last = ordered.get(ordered.size() - 1).cost();
          table.row(
              reader,
              Numbers.format(
                  "%.3f (%.3f–%.3f)",
                  growth.exponent().value(), growth.exponent().low(), growth.exponent().high()),
              Numbers.format("%.4f", growth.rSquare()),
              Integer.toString(growth.points()),
              ratio(last.peakBytes(), first.peakBytes()),
              ratio(last.anonymousBytes(), first.anonymousBytes()));
        });
    return table;
  }

  private static String ratio(double last, double first) {
    return last > 0 && first > 0 ? Numbers.format("%.3f", last / first) : "";
  }

  private static double median(List<Result> results) {
    return new Median()
        .evaluate(results.stream().mapToDouble(result -> result.cost().seconds()).toArray());
  }

  /** From readings in rounds with a window of fixed size: the model's premise. */
  private static Optional<CostModel> costModel(List<Result> read) {
    return CostModel.fit(
        read.stream()
            .filter(
                result -> result.reader().startsWith("memory kept") && result.cost().tokens() > 0)
            .map(
                result ->
                    new CostModel.Sample(
                        result.cost().tokens(), result.cost().decoded(), result.cost().seconds()))
            .toList());
  }

  private static void describe(Section section, CostModel model) {
    section.say(
        "Cost model T = L · (p + (g/c) · d), fitted to %d readings with memory kept: p = %.3f ms"
            + " (%.3f–%.3f) to read a token, d = %.1f ms (%.1f–%.1f) to write one by a forward pass"
            + " of its own; g counts those only, as accepted drafts are read along with the chunk."
            + " Mean error of the fit: %.1f %%.",
        model.readings(),
        1000 * model.prefill().value(),
        1000 * model.prefill().low(),
        1000 * model.prefill().high(),
        1000 * model.decode().value(),
        1000 * model.decode().low(),
        1000 * model.decode().high(),
        100 * model.error());
  }
}
