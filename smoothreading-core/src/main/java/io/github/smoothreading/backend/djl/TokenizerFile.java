package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smoothreading.backend.BackendException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@code tokenizer.json}, split into what encodes text and the control tokens.
 *
 * @param plain the file without added tokens, normaliser, template, truncation and padding
 * @param reserved the added tokens' ids by their text
 */
record TokenizerFile(byte[] plain, Map<String, Integer> reserved) {
  static TokenizerFile read(Path file, int vocabulary) {
    ObjectNode json = (ObjectNode) Json.read(file, "the tokenizer");
    JsonNode vocab = json.path("model").path("vocab");
    if (!json.path("model").path("type").asText("BPE").equals("BPE") || !vocab.isObject()) {
      throw new BackendException(
          "%s holds a tokenizer of type '%s'; only BPE is supported"
              .formatted(file, json.path("model").path("type").asText()));
    }
    Map<String, Integer> reserved = new LinkedHashMap<>();
    for (JsonNode token : json.path("added_tokens")) {
      reserved.put(token.path("content").asText(), id(file, token.path("id"), token, vocabulary));
    }
    vocab.properties().forEach(entry -> id(file, entry.getValue(), entry.getKey(), vocabulary));
    json.set("added_tokens", json.arrayNode());
    for (String field : new String[] {"normalizer", "post_processor", "truncation", "padding"}) {
      json.putNull(field);
    }
    withoutPrefixSpace(json.path("pre_tokenizer"));
    try {
      return new TokenizerFile(Json.MAPPER.writeValueAsBytes(json), reserved);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int id(Path file, JsonNode id, Object token, int vocabulary) {
    if (!id.isIntegralNumber() || id.longValue() < 0 || id.longValue() >= vocabulary) {
      throw new BackendException(
          "%s gives %s the id %s, but config.json has a vocabulary of %,d; do the two belong together?"
              .formatted(file, token, id, vocabulary));
    }
    return id.intValue();
  }

  private static void withoutPrefixSpace(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("add_prefix_space").asBoolean()) {
        object.put("add_prefix_space", false);
      }
      object.forEach(TokenizerFile::withoutPrefixSpace);
    } else if (node instanceof ArrayNode array) {
      array.forEach(TokenizerFile::withoutPrefixSpace);
    }
  }
}
