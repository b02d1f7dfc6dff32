package io.github.smoothreading.examples.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.text.TextSource;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One line of a batch: {@code id}, {@code question}, and {@code text} or {@code file}.
 *
 * @param id given back with the reading; null if there is none
 * @param question the question
 * @param text the document itself, or null
 * @param file the document's file, or null
 */
record BatchRow(
    @Nullable String id, String question, @Nullable String text, @Nullable String file) {

  /** The row's id, as far as the line is JSON with one. */
  static @Nullable String idOf(String line) {
    try {
      return text(Json.MAPPER.readTree(line), "id");
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Parses a line.
   *
   * @throws IllegalArgumentException if it is no such row; the message says what is missing
   */
  static BatchRow parse(String line) {
    JsonNode row;
    try {
      row = Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this line is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!row.isObject()) {
      throw new IllegalArgumentException("this line is not a JSON object");
    }
    String question = text(row, "question");
    String text = text(row, "text");
    String file = text(row, "file");
    if (question == null || question.isBlank()) {
      throw new IllegalArgumentException("this row has no \"question\"");
    }
    if ((text == null) == (file == null)) {
      throw new IllegalArgumentException("this row needs either \"text\" or \"file\"");
    }
    return new BatchRow(text(row, "id"), question, text, file);
  }

  /** What is to be read. */
  TextSource source(Charset charset) {
    if (file != null) {
      try {
        return TextSource.of(Path.of(file), charset);
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("\"file\" is no path: " + file, e);
      }
    }
    return TextSource.of(text == null ? "" : text);
  }

  private static @Nullable String text(JsonNode row, String field) {
    JsonNode value = row.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() && !(field.equals("id") && value.isNumber())) {
      throw new IllegalArgumentException("\"%s\" is not a string".formatted(field));
    }
    return value.asText();
  }
}
