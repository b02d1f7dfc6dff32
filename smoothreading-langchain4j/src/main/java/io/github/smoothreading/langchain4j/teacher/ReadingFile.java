package io.github.smoothreading.langchain4j.teacher;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The file of accepted readings, and beside it {@code NAME.refused.jsonl} with what was refused and
 * why. Tasks that are in either are not read again.
 */
final class ReadingFile implements AutoCloseable {
  private static final String ENDING = ".jsonl";

  private final AppendedLines readings;
  private final AppendedLines refusals;
  private final Set<String> claimed = new HashSet<>();

  private ReadingFile(AppendedLines readings, AppendedLines refusals) {
    this.readings = readings;
    this.refusals = refusals;
  }

  /**
   * Opens both files, makes them where they are missing, and checks what is in them.
   *
   * @throws BadLineException if a line that is there already breaks a rule
   * @throws IOException if a file cannot be read or written, or another run is writing it
   */
  static ReadingFile open(Path file) throws IOException {
    if (file.toString().endsWith(".gz")) {
      throw new IllegalArgumentException(
          "%s: readings are written plainly, one line at a time; compress the finished file"
              .formatted(file));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path refused = refusals(file);
    AppendedLines readings = AppendedLines.open(file);
    try {
      AppendedLines refusals = AppendedLines.open(refused);
      try {
        ReadingFile opened = new ReadingFile(readings, refusals);
        readings.read(file, row -> ReadingJson.parse(row).id().ifPresent(opened.claimed::add));
        refusals.read(refused, row -> opened.claimed.add(JsonLines.text(row, "id")));
        return opened;
      } catch (IOException | RuntimeException e) {
        refusals.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      readings.close();
      throw e;
    }
  }

  static Path refusals(Path file) {
    String name = String.valueOf(file.getFileName());
    String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    return file.resolveSibling(stem + ".refused" + ENDING);
  }

  /** Whether a task is still to be read; it is taken with that. */
  synchronized boolean claim(String id) {
    return claimed.add(id);
  }

  /** Adds what came of a task; a failure leaves no trace, so that it is tried again. */
  synchronized void add(TeacherTask task, Teaching teaching, String model) throws IOException {
    if (teaching instanceof Teaching.Accepted accepted) {
      ObjectNode row = ReadingJson.object(accepted.reading());
      row.putObject("teacher")
          .put("model", wellFormed(model))
          .put("chunk_tokens", accepted.chunkTokens())
          .put("answer", wellFormed(accepted.answer()));
      readings.append(ReadingJson.line(row));
    } else if (teaching instanceof Teaching.Refused refused) {
      ObjectNode row =
          JsonLines.MAPPER
              .createObjectNode()
              .put("id", task.id())
              .put("rule", refused.rule().name().toLowerCase(Locale.ROOT))
              .put("detail", wellFormed(refused.detail()))
              .put("question", task.question());
      refusals.append(ReadingJson.line(row));
    }
  }

  /** What models write is not ours: half a surrogate pair becomes a question mark. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    try (AppendedLines first = readings;
        AppendedLines second = refusals) {}
  }
}
