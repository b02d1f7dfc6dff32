package io.github.smoothreading.langchain4j.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A task as a JSON object, in the ways that question sets are usually written. */
final class TaskJson {
  private TaskJson() {}

  static TeacherTask parse(ObjectNode row) {
    return TeacherTask.of(
        id(row),
        JsonLines.text(row, row.has("text") || !row.has("context") ? "text" : "context"),
        JsonLines.text(row, "question"),
        answers(row),
        row.has("everything") && JsonLines.flag(row, "everything"),
        JsonLines.optionalText(row, "source").orElse(""),
        JsonLines.optionalText(row, "licence").orElse(""));
  }

  private static Optional<String> id(ObjectNode row) {
    JsonNode id = row.get("id");
    return id != null && id.isNumber()
        ? Optional.of(id.asText())
        : JsonLines.optionalText(row, "id");
  }

  private static List<String> answers(ObjectNode row) {
    if (row.has("answer")) {
      return JsonLines.optionalText(row, "answer").map(List::of).orElse(List.of());
    }
    JsonNode answers = row.get("answers");
    if (answers == null) {
      throw new IllegalArgumentException(
          "answer is missing; write null if the text does not answer the question");
    }
    return answers.isObject() ? JsonLines.texts(answers, "text") : JsonLines.texts(row, "answers");
  }
}
