package io.github.smoothreading.eval;

import io.github.smoothreading.eval.task.Haystack;
import io.github.smoothreading.eval.task.Needle;
import io.github.smoothreading.eval.task.Niah;
import io.github.smoothreading.text.TextEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The suites, by the names on the command line. */
enum Suite {
  QUICK("quick", "a little of everything, to see that it works; about 4 minutes on two cores") {
    @Override
    void add(Trials trials, SuiteSettings settings, int chunk) {
      List<ReaderSetup> readers =
          settings.readers(ReaderSetup.KEPT, ReaderSetup.DROPPED, ReaderSetup.ONE_ROUND);
      trials
          .needles(
              Niah.Kind.SINGLE,
              settings.lengths(4096),
              settings.depths(3),
              settings.each(1),
              readers)
          .builtIn(4096, settings.each(2), List.of(ReaderSetup.KEPT))
          .robustness(4096, chunk, settings.each(1), List.of(ReaderSetup.KEPT))
          .efficiency(List.of(2048, 4096, 8192), 1, ReaderSetup.KEPT)
          .efficiency(List.of(2048, 4096), 1, ReaderSetup.FULL);
    }
  },
  CPU("cpu", "what two cores can do in about half an hour") {
    @Override
    void add(Trials trials, SuiteSettings settings, int chunk) {
      List<ReaderSetup> kept = List.of(ReaderSetup.KEPT);
      List<ReaderSetup> both = List.of(ReaderSetup.KEPT, ReaderSetup.DROPPED);
      int depths = settings.depths(5);
      trials
          .needles(Niah.Kind.SINGLE, List.of(4096, 8192), depths, settings.each(2), both)
          .needles(Niah.Kind.SINGLE, List.of(16_384), depths, settings.each(1), both)
          .needles(Niah.Kind.SINGLE, List.of(32_768), depths, settings.each(1), kept)
          .needles(
              Niah.Kind.SINGLE,
              List.of(4096, 8192, 16_384),
              depths,
              settings.each(1),
              List.of(ReaderSetup.ONE_ROUND))
          .needles(Niah.Kind.KEYS, List.of(8192), 3, settings.each(1), kept)
          .needles(Niah.Kind.VALUES, List.of(8192), 3, settings.each(1), kept)
          .needles(Niah.Kind.QUERIES, List.of(8192), 3, settings.each(1), kept)
          .absent(8192, settings.each(4), kept)
          .builtIn(4096, settings.each(8), kept)
          .robustness(4096, chunk, settings.each(4), kept)
          .grid(4096, settings.each(2), List.of(512, 1024, 2048), List.of(256, 512, 1024, 2048))
          .efficiency(List.of(4096, 8192, 16_384, 32_768, 65_536), 1, ReaderSetup.KEPT)
          .efficiency(List.of(8192, 32_768), 1, ReaderSetup.DROPPED)
          .efficiency(List.of(4096, 8192, 16_384), 1, ReaderSetup.FULL)
          .costs(4096, List.of(256, 512, 1024));
    }
  },
  SPEEDUP(
      "speedup",
      "memory kept against full attention on the same weights, up to 64k tokens; about 30 minutes"
          + " on two cores") {
    @Override
    void add(Trials trials, SuiteSettings settings, int chunk) {
      List<Integer> lengths = settings.lengths(8192, 16_384, 32_768, 65_536);
      trials
          .efficiency(lengths, settings.each(1), ReaderSetup.KEPT)
          .efficiency(lengths, settings.each(1), ReaderSetup.DROPPED)
          .efficiency(lengths, settings.each(1), ReaderSetup.FULL)
          .costs(4096, List.of(256, 512, 1024));
    }
  },
  GROWTH(
      "growth",
      "time and memory of memory kept from 8k to 512k tokens; about 30 minutes on two cores") {
    @Override
    void add(Trials trials, SuiteSettings settings, int chunk) {
      trials.efficiency(
          settings.lengths(8192, 16_384, 32_768, 65_536, 131_072, 262_144, 524_288),
          settings.each(1),
          ReaderSetup.KEPT);
    }
  },
  NEEDLES(
      "needles",
      "needles in haystacks only, with --lengths, --depths, --each, --modes, --haystack,"
          + " --needles") {
    @Override
    void add(Trials trials, SuiteSettings settings, int chunk) {
      List<ReaderSetup> readers = settings.readers(ReaderSetup.KEPT);
      List<Integer> lengths = settings.lengths(4096, 8192);
      for (Niah.Kind kind : Niah.Kind.values()) {
        trials.needles(kind, lengths, settings.depths(5), settings.each(1), readers);
      }
      for (int length : lengths) {
        trials.absent(length, settings.depths(5) * settings.each(1), readers);
      }
    }
  },
  TASKS("tasks", "the built-in tasks only, with --lengths, --each, --modes") {
    @Override
    void add(Trials trials, SuiteSettings settings, int chunk) {
      for (int length : settings.lengths(4096)) {
        trials.builtIn(
            length, settings.each(12), settings.readers(ReaderSetup.KEPT, ReaderSetup.DROPPED));
      }
    }
  },
  ROBUSTNESS("robustness", "awkward facts, windows and chunks, with --lengths, --each, --modes") {
    @Override
    void add(Trials trials, SuiteSettings settings, int chunk) {
      int length = settings.lengths(4096).get(0);
      trials
          .robustness(length, chunk, settings.each(8), settings.readers(ReaderSetup.KEPT))
          .grid(length, settings.each(4), List.of(512, 1024, 2048), List.of(256, 512, 1024, 2048));
    }
  },
  BENCHMARK(
      "benchmark", "files of LongBench, L-Eval or RULER named with --data, with --limit, --modes") {
    @Override
    void add(Trials trials, SuiteSettings settings, int chunk) {
      if (settings.data().isEmpty()) {
        throw new IllegalArgumentException(
            "the suite 'benchmark' needs files; name them with --data FILE-OR-FOLDER");
      }
      trials.benchmark(
          settings.data(),
          settings.limit(),
          settings.readers(ReaderSetup.KEPT, ReaderSetup.DROPPED, ReaderSetup.ONE_ROUND));
    }
  },
  ACCELERATOR(
      "accelerator", "needles to 256k tokens in all modes; for a GPU (--device gpu --at-once 16)") {
    @Override
    void add(Trials trials, SuiteSettings settings, int chunk) {
      trials
          .needles(
              Niah.Kind.SINGLE,
              settings.lengths(8192, 16_384, 32_768, 65_536, 131_072, 262_144),
              settings.depths(10),
              settings.each(4),
              settings.readers(ReaderSetup.KEPT, ReaderSetup.DROPPED, ReaderSetup.ONE_ROUND))
          .builtIn(8192, 12, List.of(ReaderSetup.KEPT, ReaderSetup.DROPPED))
          .robustness(8192, chunk, 24, List.of(ReaderSetup.KEPT, ReaderSetup.DROPPED))
          .grid(8192, 10, List.of(512, 1024, 2048), List.of(256, 512, 1024, 2048));
    }
  };

  private final String title;
  private final String about;

  Suite(String title, String about) {
    this.title = title;
    this.about = about;
  }

  /** Puts the suite's readings together, in the order in which they are done. */
  abstract void add(Trials trials, SuiteSettings settings, int chunk);

  /**
   * The readings of the suite.
   *
   * @param chunk the model's C
   */
  List<Trial> trials(SuiteSettings settings, TextEncoder encoder, int chunk) {
    Haystack books = Haystack.builtIn(encoder);
    Haystack hay =
        settings.haystack().isEmpty() ? books : Haystack.of(settings.haystack(), encoder);
    List<Needle> needles = settings.needles().map(Needle::of).orElseGet(Needle::builtIn);
    Trials trials = new Trials(hay, books, needles, settings.seed());
    add(trials, settings, chunk);
    return trials.list();
  }

  String title() {
    return title;
  }

  String about() {
    return about;
  }

  /**
   * By the name on the command line.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static Suite named(String name) {
    return Arrays.stream(values())
        .filter(suite -> suite.title.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no suite '%s'; there are %s".formatted(name, names())));
  }

  private static String names() {
    return Arrays.stream(values()).map(Suite::title).collect(Collectors.joining(", "));
  }
}
