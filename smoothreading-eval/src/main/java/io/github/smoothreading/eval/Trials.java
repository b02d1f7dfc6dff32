package io.github.smoothreading.eval;

import io.github.smoothreading.eval.task.BenchmarkFiles;
import io.github.smoothreading.eval.task.BuiltIn;
import io.github.smoothreading.eval.task.Haystack;
import io.github.smoothreading.eval.task.Item;
import io.github.smoothreading.eval.task.Needle;
import io.github.smoothreading.eval.task.Niah;
import io.github.smoothreading.eval.task.Robustness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts the readings of a suite together, part by part. */
final class Trials {
  private final List<Trial> trials = new ArrayList<>();
  private final Haystack haystack;
  private final Haystack books;
  private final Niah niah;
  private final long seed;

  /**
   * With the user's haystack and needles, or the built-in ones.
   *
   * @param haystack hides needles
   * @param books the built-in haystack, which the built-in questions are about
   */
  Trials(Haystack haystack, Haystack books, List<Needle> needles, long seed) {
    this.haystack = haystack;
    this.books = books;
    this.niah = new Niah(haystack, needles, seed);
    this.seed = seed;
  }

  List<Trial> list() {
    return List.copyOf(trials);
  }

  /** Needles at all lengths and depths; the same documents for each reader. */
  Trials needles(
      Niah.Kind kind, List<Integer> lengths, int depths, int each, List<ReaderSetup> readers) {
    for (int length : lengths) {
      add(Experiment.NEEDLES, kind.title(), niah.items(kind, length, depths, each), readers);
    }
    return this;
  }

  /** Haystacks without the needle. */
  Trials absent(int length, int count, List<ReaderSetup> readers) {
    add(Experiment.NEEDLES, "nothing to find", niah.absent(length, count), readers);
    return this;
  }

  /** The built-in tasks. */
  Trials builtIn(int length, int each, List<ReaderSetup> readers) {
    new BuiltIn(books, seed)
        .tasks(length, each)
        .forEach((task, items) -> add(Experiment.TASKS, task, items, readers));
    return this;
  }

  /** The user's files. */
  Trials benchmark(List<Path> files, int limit, List<ReaderSetup> readers) {
    for (Path file : files) {
      BenchmarkFiles.read(file, limit)
          .forEach((task, items) -> add(Experiment.BENCHMARK, task, items, readers));
    }
    return this;
  }

  /** Facts that stand awkwardly. */
  Trials robustness(int length, int chunk, int each, List<ReaderSetup> readers) {
    Robustness robustness = new Robustness(haystack, seed);
    for (Robustness.Case kind : Robustness.Case.values()) {
      List<Item> items = robustness.items(kind, length, chunk, each);
      add(Experiment.ROBUSTNESS, kind.title(), items, readers);
    }
    return this;
  }

  /** Windows and chunks against each other, whether they can work or not. */
  Trials grid(int length, int each, List<Integer> windows, List<Integer> chunks) {
    List<Item> items = niah.items(Niah.Kind.SINGLE, length, each, 1);
    for (int window : windows) {
      for (int chunk : chunks) {
        ReaderSetup reader =
            ReaderSetup.KEPT
                .with(window, chunk)
                .named("memory kept, W = %d, C = %d", window, chunk);
        List<Item> labelled =
            items.stream()
                .map(item -> item.with("window", "" + window).with("chunk", "" + chunk))
                .toList();
        add(Experiment.GRID, "one needle", labelled, List.of(reader));
      }
    }
    return this;
  }

  /** Time and memory at growing lengths, to the end of the document, each reading alone. */
  Trials efficiency(List<Integer> lengths, int each, ReaderSetup reader) {
    for (int length : lengths) {
      for (Item item : niah.items(Niah.Kind.SINGLE, length, 1, each)) {
        trials.add(new Trial(Experiment.EFFICIENCY, "time to answer", reader.toEnd(), item, true));
      }
    }
    return this;
  }

  /**
   * Readings with more and less to write for each token read: what tells p from d in the cost
   * model.
   */
  Trials costs(int length, List<Integer> chunks) {
    for (int chunk : chunks) {
      ReaderSetup reader =
          ReaderSetup.KEPT.with(0, chunk).named("memory kept, C = %d", chunk).toEnd();
      for (Niah.Kind kind : List.of(Niah.Kind.VALUES, Niah.Kind.SINGLE)) {
        for (Item item : niah.items(kind, length, 1, 1)) {
          trials.add(
              new Trial(Experiment.EFFICIENCY, "cost of " + kind.title(), reader, item, true));
        }
      }
    }
    return this;
  }

  private void add(
      Experiment experiment, String task, List<Item> items, List<ReaderSetup> readers) {
    for (ReaderSetup reader : readers) {
      for (Item item : items) {
        trials.add(new Trial(experiment, task, reader, item, false));
      }
    }
  }
}
