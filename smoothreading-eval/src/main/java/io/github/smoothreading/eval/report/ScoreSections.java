package io.github.smoothreading.eval.report;

import io.github.smoothreading.eval.result.Ending;
import io.github.smoothreading.eval.result.Result;
import io.github.smoothreading.eval.stats.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Tables of scores, heat maps, and what went wrong. */
final class ScoreSections {
  private static final String EFFICIENCY = "efficiency";
  private static final int MISSES = 40;
  private static final int LONGEST = 160;

  private static final Map<String, String> ABOUT =
      Map.of(
          "needles",
              "A fact is hidden in a long text at a depth (0: at the beginning) and asked for. All"
                  + " readers read the same documents.",
          "tasks", "Built-in tasks in the manner of LongBench, about two books and made-up facts.",
          "benchmark files",
              "The metrics are those of LongBench and RULER; the questions come first, so the"
                  + " templates are ours.",
          "robustness", "The same facts in the same texts, standing awkwardly.",
          "window and chunk",
              "One needle, read with every window W and chunk C, also those that the planner"
                  + " refuses unless forced.");

  private final List<Result> results;

  ScoreSections(List<Result> results) {
    this.results =
        results.stream().filter(result -> !result.experiment().equals(EFFICIENCY)).toList();
  }

  void addTo(List<Section> sections) {
    by(results, Result::experiment)
        .forEach((experiment, part) -> sections.add(section(experiment, part)));
  }

  private Section section(String experiment, List<Result> part) {
    String name = experiment.substring(0, 1).toUpperCase(Locale.ROOT) + experiment.substring(1);
    Section section = Section.of(name);
    section.say(ABOUT.getOrDefault(experiment, ""));
    section.say("Scores are means with 95 %% bootstrap intervals.", 0);
    Table table =
        Table.of(
            "task",
            "reader",
            "readings",
            "score",
            "answered early",
            "no answer",
            "failed or refused",
            "clues, of them verified",
            "tokens/s");
    by(part, Result::task)
        .forEach(
            (task, ofTask) ->
                by(ofTask, Result::reader)
                    .forEach((reader, all) -> table.row(row(task, reader, all))));
    section.add(table);
    if (experiment.equals("needles")) {
      addNeedles(section, part);
    } else if (experiment.equals("window and chunk")) {
      section.add(
          Plots.heatMap(
              "window-and-chunk",
              "one needle by W and C",
              part,
              "window",
              "window W (tokens)",
              "chunk",
              "chunk C (tokens)"));
    }
    return section;
  }

  private static String[] row(String task, String reader, List<Result> all) {
    double seconds = all.stream().mapToDouble(result -> result.cost().seconds()).sum();
    long tokens = all.stream().mapToLong(result -> result.cost().tokens()).sum();
    int clues = all.stream().mapToInt(result -> result.clues().size()).sum();
    int verified = all.stream().mapToInt(Result::verified).sum();
    return new String[] {
      task,
      reader,
      Integer.toString(all.size()),
      Numbers.percent(Estimate.mean(scores(all))),
      Numbers.percent(share(all, result -> result.ending() == Ending.ANSWERED_EARLY)),
      Numbers.percent(share(all, result -> result.ending() == Ending.NOT_FOUND)),
      Numbers.percent(share(all, result -> !result.isRead())),
      "%d, %d".formatted(clues, verified),
      seconds == 0 ? "" : Numbers.format("%,.0f", tokens / seconds)
    };
  }

  private static void addNeedles(Section section, List<Result> part) {
    List<Result> placed =
        part.stream()
            .filter(
                result ->
                    result.labels().containsKey("depth") && result.labels().containsKey("length"))
            .toList();
    by(placed, Result::task)
        .forEach(
            (task, ofTask) -> {
              Map<String, List<Result>> byReader = by(ofTask, Result::reader);
              section.add(lengths(task, byReader));
              byReader.forEach(
                  (reader, all) ->
                      section.add(
                          Plots.heatMap(
                              task + "-" + reader,
                              task + ", " + reader,
                              all,
                              "length",
                              "document (tokens)",
                              "depth",
                              "depth of the fact")));
              if (lengthsOf(ofTask).size() > 1) {
                section.add(Plots.scoreByLength(task + "-by-length", task, byReader));
              }
            });
  }

  private static Table lengths(String task, Map<String, List<Result>> byReader) {
    List<Double> lengths = lengthsOf(byReader.values().stream().flatMap(List::stream).toList());
    List<String> headers = new ArrayList<>(List.of(task));
    lengths.forEach(length -> headers.add(Numbers.length(length)));
    Table table = new Table(headers, new ArrayList<>());
    byReader.forEach(
        (reader, all) -> {
          List<String> cells = new ArrayList<>(List.of(reader));
          for (double length : lengths) {
            List<Result> at =
                all.stream().filter(result -> result.number("length", 0) == length).toList();
            cells.add(
                at.isEmpty()
                    ? ""
                    : Numbers.percent(Estimate.mean(scores(at))) + ", n = " + at.size());
          }
          table.row(cells.toArray(String[]::new));
        });
    return table;
  }

  static List<Double> lengthsOf(List<Result> results) {
    return results.stream().map(result -> result.number("length", 0)).distinct().sorted().toList();
  }

  /** Answers that scored nothing, so that a reader of the page sees what kind they are. */
  Optional<Section> misses() {
    Table table = Table.of("task", "reader", "question", "wanted", "got");
    results.stream()
        .filter(result -> result.score() == 0)
        .limit(MISSES)
        .forEach(
            result ->
                table.row(
                    result.task(),
                    result.reader(),
                    shortened(result.question()),
                    result.answers().isEmpty()
                        ? "(no answer)"
                        : shortened(String.join(" | ", result.answers())),
                    switch (result.ending()) {
                      case NOT_FOUND -> "(no answer)";
                      case REFUSED -> "refused: " + shortened(result.message());
                      case FAILED -> "failed: " + shortened(result.message());
                      default -> shortened(result.prediction());
                    }));
    return table.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Section.of("Misses")
                .say(
                    "The first %d readings that scored nothing; all are in results.json.",
                    table.rows().size())
                .add(table));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
  }

  static double[] scores(List<Result> all) {
    return all.stream().mapToDouble(Result::score).toArray();
  }

  private static double share(List<Result> all, Predicate<Result> which) {
    return (double) all.stream().filter(which).count() / all.size();
  }

  static <K> Map<K, List<Result>> by(List<Result> results, Function<Result, K> key) {
    Map<K, List<Result>> groups = new LinkedHashMap<>();
    for (Result result : results) {
      groups.computeIfAbsent(key.apply(result), each -> new ArrayList<>()).add(result);
    }
    return groups;
  }

  static <K extends Comparable<K>> Map<K, List<Result>> sortedBy(
      List<Result> results, Function<Result, K> key) {
    return new TreeMap<>(by(results, key));
  }
}
