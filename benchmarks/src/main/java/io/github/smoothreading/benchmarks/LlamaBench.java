package io.github.smoothreading.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs llama.cpp's own benchmark. */
final class LlamaBench {
  /** Lines of a CMake cache that bear on the speed on a CPU. */
  private static final String SWITCHES =
      "(CMAKE_BUILD_TYPE|CMAKE_CXX_COMPILER"
          + "|GGML_(NATIVE|AVX|AMX|FMA|BMI2|OPENMP|LLAMAFILE|BLAS|CPU_REPACK)\\w*):[A-Z]+=.+";

  private final Path program;
  private final Path gguf;
  private final int threads;

  /**
   * One measurement.
   *
   * @param flash whether flash attention was on
   * @param prompt tokens prefilled, or 0
   * @param generated tokens decoded, or 0
   * @param speeds tokens per second of each repetition
   */
  record Result(boolean flash, int prompt, int generated, List<Double> speeds) {}

  LlamaBench(Path program, Path gguf, int threads) {
    this.program = program;
    this.gguf = gguf;
    this.threads = threads;
  }

  /** Prefill and decode behind {@code depth} tokens, without and with flash attention. */
  List<Result> measure(int depth, int prompt, int generate, int repetitions) throws IOException {
    String options = "-d %d -p %d -n %d -fa 0,1 -r %d";
    String output = run(options.formatted(depth, prompt, generate, repetitions));
    List<Result> results = new ArrayList<>();
    for (JsonNode test : new ObjectMapper().readTree(output)) {
      List<Double> speeds = new ArrayList<>();
      test.path("samples_ts").forEach(speed -> speeds.add(speed.asDouble()));
      results.add(
          new Result(
              test.path("flash_attn").asBoolean() || test.path("flash_attn").asInt() == 1,
              test.path("n_prompt").asInt(),
              test.path("n_gen").asInt(),
              speeds));
    }
    return results;
  }

  /**
   * What the program says of itself, and the switches in the CMake cache it was built from, if that
   * is still there.
   */
  String describe() throws IOException {
    JsonNode test = new ObjectMapper().readTree(run("-p 1 -n 0 -r 1")).path(0);
    return "llama.cpp commit %s, backends %s, CPU %s, model %s%n  %s"
        .formatted(
            test.path("build_commit").asText(),
            test.path("backends").asText(),
            test.path("cpu_info").asText(),
            test.path("model_type").asText(),
            switches());
  }

  private String switches() throws IOException {
    for (Path folder = program.toAbsolutePath().getParent();
        folder != null;
        folder = folder.getParent()) {
      Path cache = folder.resolve("CMakeCache.txt");
      if (Files.isRegularFile(cache)) {
        try (var lines = Files.lines(cache)) {
          return lines
              .filter(line -> line.matches(SWITCHES) && !line.endsWith("=OFF"))
              .map(line -> line.replaceAll(":[A-Z]+=", "="))
              .collect(Collectors.joining(" "));
        }
      }
    }
    return "its build folder has no CMakeCache.txt, so its switches are not known";
  }

  private String run(String options) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-m", gguf.toString()));
    command.addAll(List.of(("-t " + threads + " -o json " + options).split(" ")));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream out = process.getInputStream()) {
      String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("'%s' ended with %d".formatted(String.join(" ", command), code));
      }
      return output;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + program + " ran", e);
    }
  }
}
