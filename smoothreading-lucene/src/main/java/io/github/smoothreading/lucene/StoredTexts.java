package io.github.smoothreading.lucene;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.document.Document;

/** The ways to get texts and numbers out of stored fields. */
final class StoredTexts {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StoredTexts() {}

  /** The values of a stored field. */
  record Field(String name) implements StoredText {
    Field {
      Objects.requireNonNull(name, "field");
    }

    @Override
    public Set<String> fields() {
      return Set.of(name);
    }

    @Override
    public List<String> values(Document document) {
      return List.of(document.getValues(name));
    }
  }

  /** A text in a stored field's JSON. */
  record Json(String field, JsonPointer pointer) implements StoredText {
    Json {
      Objects.requireNonNull(field, "field");
    }

    @Override
    public String name() {
      return field + "#" + pointer;
    }

    @Override
    public Set<String> fields() {
      return Set.of(field);
    }

    @Override
    public List<String> values(Document document) {
      String json = document.get(field);
      if (json == null) {
        return List.of();
      }
      JsonNode node = parse(field, json).at(pointer);
      return node.isTextual() ? List.of(node.textValue()) : List.of();
    }
  }

  /** The user's own function. */
  record Custom(String name, Set<String> fields, Function<Document, List<String>> function)
      implements StoredText {
    @Override
    public List<String> values(Document document) {
      return List.copyOf(function.apply(document));
    }
  }

  /** A numeric field. */
  record NumberField(String field) implements StoredNumber {
    NumberField {
      Objects.requireNonNull(field, "field");
    }
  }

  /** A number in a stored field's JSON. */
  record NumberJson(String field, JsonPointer pointer) implements StoredNumber {
    NumberJson {
      Objects.requireNonNull(field, "field");
    }
  }

  static JsonNode parse(String field, String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      String head = json.substring(0, Math.min(60, json.length()));
      throw new LuceneIndexException(
          "stored field '%s' does not hold JSON but '%s%s'; use StoredText.field or a function for it"
              .formatted(field, head, head.length() < json.length() ? "..." : ""),
          e);
    }
  }
}
