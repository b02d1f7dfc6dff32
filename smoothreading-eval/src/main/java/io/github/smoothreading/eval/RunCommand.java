package io.github.smoothreading.eval;

import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.eval.report.Report;
import io.github.smoothreading.eval.result.Result;
import io.github.smoothreading.eval.result.Run;
import io.github.smoothreading.eval.result.Run.About;
import io.github.smoothreading.eval.result.RunFolder;
import io.github.smoothreading.text.TextSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a suite, or goes on with one. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a suite and writes a page (index.html), its plots (PNG, SVG) and results.json.",
      "Interrupted, the same command goes on where it was."
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private final Subject.Opener opener;

  @Parameters(paramLabel = "SUITE", description = "Its name; 'suites' lists them.")
  private String suite = "quick";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the run. Default: evaluation-SUITE.")
  private @Nullable Path out;

  @Option(names = "--fresh", description = "Forget the run that is in the folder.")
  private boolean fresh;

  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "MODE",
      description = "kept, dropped, one-round, full.")
  private List<String> modes = List.of();

  @Option(
      names = "--lengths",
      split = ",",
      paramLabel = "TOKENS",
      description = "Lengths of documents.")
  private List<Integer> lengths = List.of();

  @Option(names = "--depths", paramLabel = "N", description = "Number of depths.")
  private @Nullable Integer depths;

  @Option(
      names = "--each",
      paramLabel = "N",
      description = "Documents for each length and depth; items of each task.")
  private @Nullable Integer each;

  @Option(
      names = "--haystack",
      split = ",",
      paramLabel = "FILE",
      description = "Texts to hide needles in: plain text, or JSON lines with a field 'text'.")
  private List<Path> haystack = List.of();

  @Option(
      names = "--needles",
      paramLabel = "FILE",
      description = "JSON lines with needle, question, answer.")
  private @Nullable Path needles;

  @Option(
      names = "--data",
      split = ",",
      paramLabel = "PATH",
      description = "JSON lines of LongBench, L-Eval or RULER, or folders of them.")
  private List<Path> data = List.of();

  @Option(names = "--limit", paramLabel = "N", description = "Most items of each data set.")
  private int limit;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "7", description = "Default: 7.")
  private long seed = 7;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of a model. Default: the one on the class path.")
  private @Nullable Path model;

  @Option(
      names = "--compute",
      paramLabel = "TYPE",
      defaultValue = "AUTO",
      description = "${COMPLETION-CANDIDATES}.")
  private Compute compute = Compute.AUTO;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "cpu, gpu, gpu:1. Default: cpu.")
  private String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a forward pass. Default: all processors.")
  private int threads;

  @Option(
      names = "--llama-bench",
      paramLabel = "PROGRAM",
      description = "A built llama-bench: adds columns for llama.cpp to the times. Needs --gguf.")
  private @Nullable Path llamaBench;

  @Option(names = "--gguf", paramLabel = "FILE", description = "The model for --llama-bench.")
  private @Nullable Path gguf;

  @Option(
      names = "--llama-lengths",
      split = ",",
      paramLabel = "TOKENS",
      defaultValue = "8192,16384",
      description = "Lengths for --llama-bench; long ones take very long. Default: 8192,16384.")
  private List<Integer> llamaLengths = List.of();

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "1",
      description = "Readings side by side; never those that are timed. Default: 1.")
  private int atOnce = 1;

  RunCommand(Subject.Opener opener) {
    this.opener = opener;
  }

  @Override
  public Integer call() {
    Suite chosen = Suite.named(suite);
    if (atOnce < 1) {
      throw new IllegalArgumentException("--at-once is %d; give 1 or more".formatted(atOnce));
    }
    if ((llamaBench == null) != (gguf == null)) {
      throw new IllegalArgumentException("--llama-bench and --gguf go together; give both");
    }
    PrintWriter terminal = spec.commandLine().getOut();
    BackendOptions backend =
        BackendOptions.builder()
            .compute(compute)
            .device(device)
            .threads(threads)
            .maxBatch(Math.max(atOnce, 1))
            .build();
    try (Subject subject = opener.open(Optional.ofNullable(model), backend)) {
      Path page = run(chosen, settings(), subject, folder());
      terminal.println("Page: " + page);
      terminal.println("JSON: " + page.resolveSibling("results.json"));
    }
    return Evaluate.DONE;
  }

  private Path run(Suite chosen, SuiteSettings settings, Subject subject, RunFolder folder) {
    if (fresh) {
      folder.clear();
    }
    About about = about(chosen, settings, subject);
    Map<String, Result> done = folder.begin(about);
    List<Trial> trials = chosen.trials(settings, subject.encoder(), subject.capacity().chunk());
    double work =
        trials.stream()
            .filter(trial -> !done.containsKey(trial.id()))
            .mapToDouble(Trial::work)
            .sum();
    if (!done.isEmpty()) {
      spec.commandLine()
          .getOut()
          .printf("Going on: %d of %d readings are done.%n", done.size(), trials.size());
    }
    if (work > 0) {
      warmUp(subject);
      try (Progress progress =
          new Progress(chosen.title(), work, System.err, System.console() != null)) {
        Runner runner = new Runner(subject, folder, progress);
        Thread interrupted = closingAtExit(runner, subject);
        runner.run(trials, done, atOnce);
        Runtime.getRuntime().removeShutdownHook(interrupted);
      }
    }
    if (llamaBench != null && gguf != null) {
      int used = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
      new LlamaCpp(llamaBench, gguf, used).run(llamaLengths, folder, done);
    }
    Run run = new Run(about, inOrder(trials, done));
    folder.finish(run);
    return Report.of(run).write(folder.path());
  }

  /** Ctrl-C must not pull the engine's libraries away from under a forward pass. */
  private static Thread closingAtExit(Runner runner, Subject subject) {
    Thread closing =
        new Thread(
            () -> {
              runner.stop();
              subject.close();
            },
            "close at exit");
    Runtime.getRuntime().addShutdownHook(closing);
    return closing;
  }

  /**
   * The suite's order, whatever the order in which the readings ended; then what is no reading of
   * ours.
   */
  private static List<Result> inOrder(List<Trial> trials, Map<String, Result> done) {
    Map<String, Result> left = new LinkedHashMap<>(done);
    List<Result> results = new ArrayList<>();
    for (Trial trial : trials) {
      Result result = left.remove(trial.id());
      if (result != null) {
        results.add(result);
      }
    }
    results.addAll(left.values());
    return results;
  }

  /** So that the first reading does not pay for what the engine does once. */
  private static void warmUp(Subject subject) {
    String text = "Nothing happened that day, and nobody was surprised. ".repeat(150);
    subject
        .reader()
        .read(
            TextSource.of(text),
            "Who was surprised?",
            ReadingOptions.builder().stop(StopPolicy.never()).build());
  }

  private RunFolder folder() {
    return new RunFolder(out == null ? Path.of("evaluation-" + suite) : out);
  }

  private SuiteSettings settings() {
    return SuiteSettings.builder()
        .lengths(lengths)
        .depths(Optional.ofNullable(depths))
        .each(Optional.ofNullable(each))
        .readers(modes.stream().map(ReaderSetup::named).toList())
        .haystack(haystack)
        .needles(Optional.ofNullable(needles))
        .data(data)
        .limit(limit)
        .seed(seed)
        .build();
  }

  private About about(Suite chosen, SuiteSettings settings, Subject subject) {
    Map<String, String> all = new TreeMap<>(settings.describe());
    all.put("compute", compute.name());
    all.put("device", device);
    all.put("threads", threads == 0 ? "all" : Integer.toString(threads));
    all.put("at once", Integer.toString(atOnce));
    String command =
        "evaluate " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    return new About(
        About.FORMAT,
        chosen.title(),
        command,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        all,
        subject.describe(),
        Machine.describe(),
        Machine.versions());
  }
}
