package io.github.smoothreading.benchmarks;

import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prefill and decode behind a full window, against llama.cpp with the same GGUF file.
 *
 * <p>Rounds of both alternate. llama.cpp attends to all tokens before, which at this depth are as
 * many as the window has and up to {@value #PROMPT} more.
 */
@Command(name = "LlamaComparison", mixinStandardHelpOptions = true)
final class LlamaComparison implements Callable<Integer> {
  private static final int PROMPT = 1024;
  private static final int DECODED = 64;

  @Option(names = "--gguf", required = true, description = "The weights for both.")
  private Path gguf = Path.of("");

  @Option(names = "--llama-bench", required = true, description = "The program.")
  private Path llamaBench = Path.of("");

  @Option(
      names = "--model-folder",
      description =
          "config.json and tokenizer.json for the GGUF file. Default: the default model's.")
  private @Nullable Path modelFolder;

  @Option(names = "--compute", defaultValue = "INT4", description = "${COMPLETION-CANDIDATES}")
  private Compute compute = Compute.INT4;

  @Option(names = "--threads", defaultValue = "2", description = "Threads of both.")
  private int threads;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds, both in each.")
  private int rounds;

  @Option(names = "--repetitions", defaultValue = "3", description = "Of each test in a round.")
  private int repetitions;

  private final Map<String, List<Double>> speeds = new LinkedHashMap<>();

  public static void main(String[] args) {
    System.exit(new CommandLine(new LlamaComparison()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    LlamaBench bench = new LlamaBench(llamaBench, gguf, threads);
    System.out.println(Machine.describe());
    System.out.println(bench.describe());
    BackendOptions options = BackendOptions.builder().compute(compute).threads(threads).build();
    Path config = modelFolder == null ? Models.defaultModel() : modelFolder;
    try (GgufFolder model = new GgufFolder(gguf, config);
        ReadingBackend backend = Models.open(model.folder, options);
        ReadingState state = backend.newState(window(backend), 2 * backend.model().round())) {
      Feeding.seconds(backend, state, Feeding.tokens(2 * window(backend)), 1 + DECODED); // warm-up
      for (int round = 0; round < rounds; round++) {
        ours(backend, state);
        theirs(bench, window(backend));
      }
    }
    report();
    return 0;
  }

  private static int window(ReadingBackend backend) {
    return backend.model().window();
  }

  private void ours(ReadingBackend backend, ReadingState state) {
    for (int i = 0; i < repetitions; i++) {
      // With the choice of the next token, as llama.cpp computes it too.
      double prefill = Feeding.seconds(backend, state, Feeding.tokens(PROMPT), 1);
      note("prefill ours", PROMPT / prefill);
      double decode = Feeding.seconds(backend, state, Feeding.tokens(1), DECODED);
      note("decode ours", DECODED / decode);
    }
  }

  private void theirs(LlamaBench bench, int depth) throws IOException {
    for (LlamaBench.Result result : bench.measure(depth, PROMPT, DECODED, repetitions)) {
      String test = result.prompt() > 0 ? "prefill" : "decode";
      String flash = result.flash() ? "fa on" : "fa off";
      result.speeds().forEach(speed -> note(test + " llama.cpp " + flash, speed));
    }
  }

  private void note(String name, double speed) {
    speeds.computeIfAbsent(name, key -> new ArrayList<>()).add(speed);
  }

  private void report() {
    System.out.printf("%-26s %12s %10s%n", "tokens/s, compute " + compute, "median", "(range)");
    speeds.forEach(
        (name, all) ->
            System.out.printf(
                "%-26s %12.1f (%.1f-%.1f, %d)%n",
                name,
                Medians.of(all),
                all.stream().min(Double::compare).orElseThrow(),
                all.stream().max(Double::compare).orElseThrow(),
                all.size()));
    System.out.printf(
        "prefill: %.2f times llama.cpp's best (bar: %s)%n",
        ratio("prefill"), Machine.hasAmx() ? "3 with AMX" : "6 without AMX");
    System.out.printf("decode: %.2f times llama.cpp's best (bar: 0.8)%n", ratio("decode"));
  }

  private double ratio(String test) {
    double best =
        speeds.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(test + " llama.cpp"))
            .mapToDouble(entry -> Medians.of(entry.getValue()))
            .max()
            .orElseThrow();
    return Medians.of(speeds.getOrDefault(test + " ours", List.of())) / best;
  }
}
