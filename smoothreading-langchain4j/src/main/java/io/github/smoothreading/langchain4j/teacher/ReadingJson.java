package io.github.smoothreading.langchain4j.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smoothreading.langchain4j.teacher.TrainingReading.Round;
import io.github.smoothreading.summary.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A reading as a JSON object. */
final class ReadingJson {
  private ReadingJson() {}

  /** The reading; unknown fields are ignored. */
  static TrainingReading parse(ObjectNode row) {
    JsonNode answer = JsonLines.present(row, "answer");
    List<Round> rounds = new ArrayList<>();
    for (JsonNode round : JsonLines.list(row, "rounds")) {
      rounds.add(round(round, rounds.size()));
    }
    return new TrainingReading(
        JsonLines.optionalText(row, "id"),
        JsonLines.text(row, "question"),
        answer.isNull() ? Optional.empty() : Optional.of(JsonLines.text(row, "answer")),
        rounds,
        JsonLines.flag(row, "complete"),
        row.has("everything") && JsonLines.flag(row, "everything"),
        JsonLines.optionalText(row, "source").orElse(""),
        JsonLines.optionalText(row, "licence").orElse(""));
  }

  private static Round round(JsonNode round, int number) {
    try {
      return new Round(
          JsonLines.text(round, "chunk"),
          JsonLines.texts(round, "clues"),
          action(JsonLines.text(round, "action")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("round %d: %s".formatted(number, e.getMessage()), e);
    }
  }

  private static Action action(String name) {
    if (name.equals("read")) {
      return Action.READ;
    }
    if (name.equals("stop")) {
      return Action.STOP;
    }
    throw new IllegalArgumentException("action '%s' is neither read nor stop".formatted(name));
  }

  /** The reading's object, without a line break when written. */
  static ObjectNode object(TrainingReading reading) {
    ObjectNode row = JsonLines.MAPPER.createObjectNode();
    reading.id().ifPresent(id -> row.put("id", id));
    row.put("question", reading.question());
    reading.answer().ifPresentOrElse(a -> row.put("answer", a), () -> row.putNull("answer"));
    ArrayNode rounds = row.putArray("rounds");
    for (Round round : reading.rounds()) {
      ObjectNode written = rounds.addObject().put("chunk", round.chunk());
      round.clues().forEach(written.putArray("clues")::add);
      written.put("action", round.action() == Action.STOP ? "stop" : "read");
    }
    row.put("complete", reading.complete());
    if (reading.everything()) {
      row.put("everything", true);
    }
    return row.put("source", reading.source()).put("licence", reading.licence());
  }

  static String line(ObjectNode row) {
    try {
      return JsonLines.MAPPER.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an object cannot be written as JSON", e);
    }
  }
}
