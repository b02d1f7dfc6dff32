package io.github.smoothreading.eval.result;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.smoothreading.eval.result.Run.About;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of a run: {@code run.json} says what is run, {@code results.jsonl} gets a line as each
 * reading ends, and {@code results.json} holds both once the run is over.
 *
 * <p>A run that was interrupted goes on with the readings that have no line yet. A line that was
 * cut off by the interruption is dropped, and its reading done again.
 */
public final class RunFolder {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path folder;

  /** The run in {@code folder}, which need not exist yet. */
  public RunFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /**
   * Begins a run here, or goes on with the one that is here.
   *
   * @return the results so far, by id
   * @throws IllegalArgumentException if another run is here: another suite, model or settings
   */
  public Map<String, Result> begin(About about) {
    try {
      Files.createDirectories(folder);
      Path header = folder.resolve("run.json");
      if (Files.exists(header)) {
        About before = MAPPER.readValue(header.toFile(), About.class);
        requireSame("suite", before.suite(), about.suite());
        requireSame("settings", before.settings(), about.settings());
        requireSame("model", before.model(), about.model());
        return resume();
      }
      replace(header, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(about));
      Files.write(lines(), new byte[0]);
      return new LinkedHashMap<>();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private void requireSame(String what, Object before, Object now) {
    if (!before.equals(now)) {
      throw new IllegalArgumentException(
          "'%s' holds a run with another %s (%s; now %s); name another folder with --out, or begin anew with --fresh"
              .formatted(folder, what, before, now));
    }
  }

  private Map<String, Result> resume() throws IOException {
    Map<String, Result> results = new LinkedHashMap<>();
    if (!Files.exists(lines())) {
      return results;
    }
    StringBuilder whole = new StringBuilder();
    // A line that was not finished has no line break, or is no JSON.
    for (String line : Files.readString(lines()).split("(?<=\n)")) {
      if (line.endsWith("\n") && !line.isBlank()) {
        try {
          Result result = MAPPER.readValue(line, Result.class);
          results.put(result.id(), result);
          whole.append(line);
        } catch (IOException e) {
          // Read again.
        }
      }
    }
    replace(lines(), whole.toString().getBytes(StandardCharsets.UTF_8));
    return results;
  }

  /** Forgets the run that is here. */
  public void clear() {
    try {
      for (String name : List.of("run.json", "results.jsonl", "results.json")) {
        Files.deleteIfExists(folder.resolve(name));
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Adds one line; safe for several threads. */
  public synchronized void add(Result result) {
    try {
      Files.writeString(
          lines(),
          MAPPER.writeValueAsString(result) + "\n",
          StandardOpenOption.APPEND,
          StandardOpenOption.DSYNC);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Writes {@code results.json}. */
  public Path finish(Run run) {
    try {
      Path file = folder.resolve("results.json");
      replace(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(run));
      return file;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Reads a finished run from {@code results.json}, or an unfinished one from its folder.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it is not a run
   */
  public static Run read(Path path) {
    try {
      Path file = Files.isDirectory(path) ? path.resolve("results.json") : path;
      if (Files.isDirectory(path) && !Files.exists(file)) {
        About about = MAPPER.readValue(path.resolve("run.json").toFile(), About.class);
        return new Run(about, new ArrayList<>(new RunFolder(path).resume().values()));
      }
      JsonNode node = MAPPER.readTree(file.toFile());
      if (!node.has("about") || node.path("about").path("format").asInt() != About.FORMAT) {
        throw new IllegalArgumentException(
            "'%s' is not a run of format %d; give the results.json of a run"
                .formatted(file, About.FORMAT));
      }
      return MAPPER.treeToValue(node, Run.class);
    } catch (IOException e) {
      throw new UncheckedIOException("'%s' cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private Path lines() {
    return folder.resolve("results.jsonl");
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(temporary, content);
    Files.move(
        temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private UncheckedIOException unusable(IOException e) {
    return new UncheckedIOException(
        "the folder '%s' cannot be used: %s".formatted(folder, e.getMessage()), e);
  }
}
