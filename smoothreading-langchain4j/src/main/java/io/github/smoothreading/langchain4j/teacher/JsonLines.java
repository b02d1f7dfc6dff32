package io.github.smoothreading.langchain4j.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Files of one JSON object a line, and typed access to an object's fields. */
final class JsonLines {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonLines() {}

  /** Hands over each line's object; what {@code each} refuses is reported with its line. */
  static void read(Path file, Consumer<ObjectNode> each) throws IOException {
    try (BufferedReader lines = open(file)) {
      read(file, lines, each);
    }
  }

  /** The same for lines that come from {@code file} in another way. */
  static void read(Path file, BufferedReader lines, Consumer<ObjectNode> each) throws IOException {
    int number = 0;
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (Texts.blank(line)) {
          continue;
        }
        try {
          each.accept(object(line));
        } catch (IllegalArgumentException e) {
          throw new BadLineException(file, number, e);
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException(
          "%s is not UTF-8 behind line %d; convert it first".formatted(file, number), e);
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** The object that a line holds. */
  static ObjectNode object(String line) {
    try {
      if (MAPPER.readTree(line) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("it is not a JSON object");
  }

  static String text(JsonNode object, String field) {
    return text(present(object, field), (Object) field);
  }

  private static String text(JsonNode value, Object name) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException("%s is not a string".formatted(name));
    }
    return value.textValue();
  }

  /** Empty where the field is missing or null. */
  static Optional<String> optionalText(JsonNode object, String field) {
    return object.hasNonNull(field) ? Optional.of(text(object, field)) : Optional.empty();
  }

  static boolean flag(JsonNode object, String field) {
    JsonNode value = present(object, field);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("%s is neither true nor false".formatted(field));
    }
    return value.booleanValue();
  }

  static List<JsonNode> list(JsonNode object, String field) {
    JsonNode value = present(object, field);
    if (!value.isArray()) {
      throw new IllegalArgumentException("%s is not a list".formatted(field));
    }
    List<JsonNode> list = new ArrayList<>();
    value.forEach(list::add);
    return list;
  }

  static List<String> texts(JsonNode object, String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : list(object, field)) {
      texts.add(text(value, (Object) ("an entry of " + field)));
    }
    return texts;
  }

  static JsonNode present(JsonNode object, String field) {
    JsonNode value = object.get(field);
    if (value == null) {
      throw new IllegalArgumentException("%s is missing".formatted(field));
    }
    return value;
  }
}
