package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.ModelDescriptor;
import io.github.smoothreading.backend.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * How a model reads: {@code reader.json}, or a guess for a checkpoint that was not trained to read.
 */
final class ReaderConfig {
  /** The control tokens of SmolLM2 that readers use, in the order of {@link #NAMES}. */
  private static final List<String> SMOLLM2 =
      List.of(
          "<repo_name>",
          "<file_sep>",
          "<filename>",
          "<gh_stars>",
          "<issue_start>",
          "<issue_comment>",
          "<issue_closed>",
          "<jupyter_start>",
          "<jupyter_text>",
          "<jupyter_code>",
          "<|im_end|>");

  private static final List<String> NAMES =
      List.of(
          "question",
          "text",
          "notes",
          "lastNotes",
          "clues",
          "separator",
          "reason",
          "read",
          "stop",
          "notFound",
          "end");

  private ReaderConfig() {}

  static ModelDescriptor read(
      Path folder, Architecture config, ModelTokenizer tokenizer, String fingerprint) {
    Path file = folder.resolve("reader.json");
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    if (!Files.exists(file)) {
      int window = Math.min(2048, config.positions());
      return new ModelDescriptor(
          name,
          fingerprint,
          window,
          Math.max(1, window / 2),
          Math.max(1, Math.min(320, window / 4)),
          Integer.MAX_VALUE,
          "und",
          guess(folder, tokenizer),
          "Nothing new here.",
          "A new clue.");
    }
    JsonNode json = Json.read(file, "how the model reads");
    if (json.path("format").asInt() != 1) {
      throw new BackendException(
          "%s has format %s; this release reads format 1".formatted(file, json.path("format")));
    }
    ToIntFunction<String> size = field -> number(file, json, field, config.positions());
    JsonNode reasons = json.path("reasons");
    int longest =
        json.has("longestChunk")
            ? number(file, json, "longestChunk", Integer.MAX_VALUE)
            : Integer.MAX_VALUE;
    String version = json.path("version").asText();
    return new ModelDescriptor(
        json.path("name").asText(name) + (version.isEmpty() ? "" : " " + version),
        fingerprint,
        size.applyAsInt("window"),
        size.applyAsInt("chunk"),
        size.applyAsInt("round"),
        longest,
        json.path("language").asText("und"),
        protocol(
            field -> number(file, json.path("protocol"), field, config.vocabulary() - 1),
            file.toString()),
        reasons.path("nothingNew").asText("Nothing new here."),
        reasons.path("newClue").asText("A new clue."));
  }

  private static int number(Path file, JsonNode json, String field, int most) {
    JsonNode node = json.path(field);
    int least = json.has("format") ? 1 : 0;
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < least
        || node.intValue() > most) {
      throw new BackendException(
          "%s: '%s' is %s; it must be an integer from %d to %,d"
              .formatted(file, field, node, least, most));
    }
    return node.intValue();
  }

  /** Any eleven control tokens will do for a model that was not trained with them. */
  private static Protocol guess(Path folder, ModelTokenizer tokenizer) {
    Map<String, Integer> reserved = tokenizer.reserved();
    List<Integer> ids = new ArrayList<>();
    if (reserved.keySet().containsAll(SMOLLM2)) {
      SMOLLM2.forEach(token -> ids.add(reserved.get(token)));
    } else {
      reserved.values().stream().sorted().limit(NAMES.size()).forEach(ids::add);
    }
    if (ids.size() < NAMES.size()) {
      throw new BackendException(
          "%s has no reader.json, and its tokenizer has only %d control tokens where a reader needs %d; add reader.json"
              .formatted(folder, reserved.size(), NAMES.size()));
    }
    return protocol(field -> ids.get(NAMES.indexOf(field)), folder.toString());
  }

  private static Protocol protocol(ToIntFunction<String> id, String where) {
    int[] ids = NAMES.stream().mapToInt(id).toArray();
    try {
      return new Protocol(
          ids[0], ids[1], ids[2], ids[3], ids[4], ids[5], ids[6], ids[7], ids[8], ids[9], ids[10]);
    } catch (IllegalArgumentException e) {
      throw new BackendException(where + ": " + e.getMessage(), e);
    }
  }
}
