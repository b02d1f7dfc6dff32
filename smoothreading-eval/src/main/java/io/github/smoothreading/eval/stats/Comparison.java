package io.github.smoothreading.eval.stats;

import io.github.smoothreading.eval.result.Result;
import io.github.smoothreading.eval.result.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Two runs side by side, reading by reading.
 *
 * <p>Only readings that are in both runs count, so a difference is never one of the documents.
 * Differences of scores and ratios of times come with 95 % bootstrap intervals over those pairs.
 *
 * @param rows one per task and reader
 * @param onlyFirst readings in the first run alone
 * @param onlySecond readings in the second run alone
 */
public record Comparison(List<Row> rows, int onlyFirst, int onlySecond) {
  /**
   * A task read by a reader.
   *
   * @param experiment the part of the suite
   * @param task what was asked
   * @param reader how it was read
   * @param pairs readings in both runs
   * @param first mean score of the first run
   * @param second mean score of the second run
   * @param difference second minus first
   * @param time geometric mean of the second's time over the first's
   */
  public record Row(
      String experiment,
      String task,
      String reader,
      int pairs,
      double first,
      double second,
      Estimate difference,
      Estimate time) {}

  private record Pair(Result first, Result second) {}

  /** Compares. */
  public static Comparison of(Run first, Run second) {
    Map<String, Result> others = new LinkedHashMap<>();
    second.results().forEach(result -> others.put(result.id(), result));
    Map<List<String>, List<Pair>> groups = new LinkedHashMap<>();
    int alone = 0;
    for (Result result : first.results()) {
      Result other = others.remove(result.id());
      if (other == null) {
        alone++;
      } else {
        groups
            .computeIfAbsent(
                List.of(result.experiment(), result.task(), result.reader()),
                key -> new ArrayList<>())
            .add(new Pair(result, other));
      }
    }
    List<Row> rows = new ArrayList<>();
    groups.forEach((key, pairs) -> rows.add(row(key, pairs)));
    return new Comparison(rows, alone, others.size());
  }

  private static Row row(List<String> key, List<Pair> pairs) {
    double[] first = pairs.stream().mapToDouble(pair -> pair.first.score()).toArray();
    double[] second = pairs.stream().mapToDouble(pair -> pair.second.score()).toArray();
    double[] differences = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = second[i] - first[i];
    }
    double[] times =
        pairs.stream()
            .filter(pair -> pair.first.cost().seconds() > 0 && pair.second.cost().seconds() > 0)
            .mapToDouble(
                pair -> Math.log(pair.second.cost().seconds() / pair.first.cost().seconds()))
            .toArray();
    Estimate log = Estimate.mean(times);
    return new Row(
        key.get(0),
        key.get(1),
        key.get(2),
        pairs.size(),
        StatUtils.mean(first),
        StatUtils.mean(second),
        Estimate.mean(differences),
        new Estimate(Math.exp(log.value()), Math.exp(log.low()), Math.exp(log.high())));
  }
}
