package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads JSON files of a model folder; strict, because the files are not ours. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The object in {@code file}. */
  static JsonNode read(Path file, String purpose) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new BackendException(
          "%s is missing: it holds %s. Copy it from the model's own folder."
              .formatted(file, purpose),
          e);
    } catch (IOException e) {
      throw new BackendException("%s cannot be read: %s".formatted(file, e), e);
    }
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      throw new BackendException("%s is not valid JSON: %s".formatted(file, e.getMessage()), e);
    }
    throw new BackendException(file + " does not hold a JSON object; is it the right file?");
  }
}
