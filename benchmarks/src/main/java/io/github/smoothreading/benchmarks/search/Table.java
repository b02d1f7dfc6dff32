package io.github.smoothreading.benchmarks.search;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The results as tables in Markdown. */
final class Table {
  private final List<Result> results;
  private final boolean searchOnly;

  Table(List<Result> results, boolean searchOnly) {
    this.results = results.stream().sorted(Comparator.comparing(Result::id)).toList();
    this.searchOnly = searchOnly;
  }

  void print() {
    System.out.println();
    System.out.println(
        "| questions | given | asked | evidence there | quoted | answered right | tokens read, mean |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
    rows("one passage", result -> !result.two());
    rows("two passages", Result::two);
    rows("all", result -> true);
    long apart =
        results.stream()
            .filter(one -> one.condition() == Condition.READ_ON && one.apart() > 2048)
            .count();
    System.out.printf(
        "%nTwo passages more than 2,048 tokens apart in the text read on: %d questions%n", apart);
    if (searchOnly) {
      return;
    }
    difference(Condition.FILL_C);
    difference(Condition.FILL_W);
    double search = results.stream().mapToDouble(Result::searchMillis).sum();
    double read = results.stream().mapToDouble(Result::readMillis).sum();
    System.out.printf(
        "Searching and gathering: %.2f %% of the time; verified clues: %d, cited wrongly: %d%n",
        100 * search / (search + read),
        results.stream().mapToInt(Result::clues).sum(),
        results.stream().mapToInt(Result::miscited).sum());
  }

  private void rows(String name, Predicate<Result> kind) {
    for (Condition condition : Condition.values()) {
      List<Result> some =
          results.stream().filter(kind).filter(one -> one.condition() == condition).toList();
      System.out.printf(
          "| %s | %s | %d | %.3f | %.3f | %.3f | %.0f |%n",
          name,
          condition.title,
          some.size(),
          mean(some, one -> one.evidence() ? 1 : 0),
          mean(some, one -> one.quoted() ? 1 : 0),
          mean(some, one -> one.right() ? 1 : 0),
          mean(some, searchOnly ? Result::tokens : Result::tokensRead));
    }
  }

  private void difference(Condition other) {
    Bootstrap bootstrap = Bootstrap.of(scores(Condition.READ_ON), scores(other));
    System.out.printf(
        "Reading on minus %s: %+.1f points, 95 %% interval %+.1f to %+.1f%n",
        other.title, 100 * bootstrap.difference(), 100 * bootstrap.low(), 100 * bootstrap.high());
  }

  private double[] scores(Condition condition) {
    return results.stream()
        .filter(one -> one.condition() == condition)
        .mapToDouble(one -> one.right() ? 1 : 0)
        .toArray();
  }

  private static double mean(List<Result> results, ToDoubleFunction<Result> score) {
    return results.stream().mapToDouble(score).average().orElse(Double.NaN);
  }
}
