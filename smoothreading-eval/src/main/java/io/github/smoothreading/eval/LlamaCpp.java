package io.github.smoothreading.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smoothreading.eval.result.Cost;
import io.github.smoothreading.eval.result.Ending;
import io.github.smoothreading.eval.result.Result;
import io.github.smoothreading.eval.result.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A column for llama.cpp: the time to read documents of the same lengths in one round, by its own
 * benchmark.
 *
 * <p>It times the prefill alone, so its answer costs it nothing here.
 */
final class LlamaCpp {
  private final Path program;
  private final Path gguf;
  private final int threads;

  /**
   * With a built {@code llama-bench} and a model in its format.
   *
   * @param threads of a forward pass
   */
  LlamaCpp(Path program, Path gguf, int threads) {
    this.program = program;
    this.gguf = gguf;
    this.threads = threads;
  }

  /** Measures the lengths that {@code done} lacks. */
  void run(List<Integer> lengths, RunFolder folder, Map<String, Result> done) {
    for (int length : lengths) {
      for (boolean flash : new boolean[] {false, true}) {
        String reader = "llama.cpp, flash attention " + (flash ? "on" : "off");
        String id = "efficiency/time to answer/%s/%d".formatted(reader, length);
        if (!done.containsKey(id)) {
          Result result = result(id, reader, length, tokensPerSecond(length, flash));
          folder.add(result);
          done.put(id, result);
        }
      }
    }
  }

  private static Result result(String id, String reader, int length, double tokensPerSecond) {
    return new Result(
        id,
        Experiment.EFFICIENCY.title(),
        "time to answer",
        reader,
        Map.of("length", Integer.toString(length)),
        "",
        List.of(),
        Ending.ANSWERED,
        "",
        "",
        0,
        List.of(),
        0,
        new Cost(length / tokensPerSecond, length, 0, length, 0, 0, 0, 0, 0));
  }

  private double tokensPerSecond(int length, boolean flash) {
    List<String> command =
        List.of(
            program.toString(),
            "-m",
            gguf.toString(),
            "-p",
            "" + length,
            "-n",
            "0",
            "-r",
            "1",
            "-t",
            "" + threads,
            "-fa",
            flash ? "1" : "0",
            "-o",
            "json");
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output;
      try (InputStream in = process.getInputStream()) {
        output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      int exit = process.waitFor();
      JsonNode first = exit == 0 ? new ObjectMapper().readTree(output).path(0) : null;
      if (first == null || !first.has("avg_ts")) {
        throw new IllegalArgumentException(
            "'%s' ended with %d and no result; run it by hand to see why"
                .formatted(String.join(" ", command), exit));
      }
      return first.path("avg_ts").asDouble();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "'%s' cannot be run: %s".formatted(program, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunInterruptedException();
    }
  }
}
