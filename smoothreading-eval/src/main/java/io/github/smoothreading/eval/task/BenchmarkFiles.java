package io.github.smoothreading.eval.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the JSON lines of LongBench ({@code context}, {@code input}, {@code answers}), L-Eval
 * ({@code input}, {@code instructions}, {@code outputs}) and RULER ({@code input}, {@code outputs})
 * from files that the user has.
 *
 * <p>The name of a file without its ending names the data set, unless rows name it themselves. What
 * is not one of the known data sets but has LongBench's fields is asked as written and scored by
 * {@code QA_F1}.
 */
public final class BenchmarkFiles {
  /** Characters per token, for estimates. */
  private static final int CHARS_PER_TOKEN = 4;

  private BenchmarkFiles() {}

  /**
   * The data sets in a file, or in the {@code *.jsonl} files of a folder, by name.
   *
   * @param limit most questions of each data set; 0: all
   * @throws UncheckedIOException if a file cannot be read
   * @throws IllegalArgumentException if a row has none of the three formats, or its metric is not
   *     offered
   */
  public static Map<String, List<Item>> read(Path path, int limit) {
    Map<String, List<Item>> tasks = new LinkedHashMap<>();
    for (Path file : files(path)) {
      String stem = file.getFileName().toString().replaceFirst("\\.jsonl(\\.gz)?$", "");
      int row = 0;
      for (JsonNode node : Resources.lines(file)) {
        String task = node.path("dataset").asText(stem);
        List<Item> items = tasks.computeIfAbsent(task, name -> new ArrayList<>());
        if (limit == 0 || items.size() < limit) {
          items.addAll(parse(task, row, node, file));
        }
        row++;
      }
    }
    if (limit > 0) {
      tasks.replaceAll((task, items) -> items.subList(0, Math.min(limit, items.size())));
    }
    return tasks;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.list(path)) {
      List<Path> files =
          all.filter(file -> file.toString().matches(".*\\.jsonl(\\.gz)?")).sorted().toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("'%s' holds no *.jsonl files".formatted(path));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "'%s' cannot be listed: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static List<Item> parse(String task, int row, JsonNode node, Path file) {
    if (node.has("context") && node.has("answers")) {
      return List.of(longBench(task, row, node));
    }
    if (node.has("instructions") && node.has("outputs") && node.has("input")) {
      return lEval(task, row, node);
    }
    if (node.has("outputs") && node.has("input")) {
      return List.of(ruler(task, row, node));
    }
    throw new IllegalArgumentException(
        "row %d of '%s' is of none of the three formats: LongBench (context, input, answers), L-Eval (input, instructions, outputs), RULER (input, outputs)"
            .formatted(row + 1, file));
  }

  private static Item longBench(String task, int row, JsonNode node) {
    TaskFamily family =
        TaskFamily.longBench(task)
            .orElseGet(() -> TaskFamily.longBench("multifieldqa_en").orElseThrow());
    String own = node.path("input").asText();
    if (task.startsWith("triviaqa")) {
      // Its input is a passage, the question about it, and the word that the answer follows.
      own =
          own.substring(own.lastIndexOf("Question:") + 1)
              .replaceFirst("^uestion:", "")
              .replaceFirst("Answer:\\s*$", "");
    }
    return item(
        "%d-%s".formatted(row, node.path("_id").asText(Integer.toString(row))),
        family,
        family.ask(own),
        node.path("context").asText(),
        Resources.strings(node.path("answers")),
        Resources.strings(node.path("all_classes")));
  }

  private static List<Item> lEval(String task, int row, JsonNode node) {
    TaskFamily family = TaskFamily.lEval(node.path("evaluation").asText("f1"));
    List<Item> items = new ArrayList<>();
    List<String> outputs = Resources.strings(node.path("outputs"));
    List<String> questions = Resources.strings(node.path("instructions"));
    for (int i = 0; i < questions.size() && i < outputs.size(); i++) {
      items.add(
          item(
              "%d-%d".formatted(row, i),
              family,
              family.ask(questions.get(i)),
              node.path("input").asText(),
              List.of(outputs.get(i)),
              List.of()));
    }
    return items;
  }

  private static Item ruler(String task, int row, JsonNode node) {
    // The question is the last line of the input (in front of the beginning of an answer, where
    // there is one).
    String input = node.path("input").asText().strip();
    int cut = input.lastIndexOf('\n');
    String question = input.substring(cut + 1).replaceFirst("\\s*Answer:.*$", "").strip();
    if (question.isEmpty() && cut > 0) {
      input = input.substring(0, cut).strip();
      cut = input.lastIndexOf('\n');
      question = input.substring(cut + 1).strip();
    }
    TaskFamily family = TaskFamily.ruler(task);
    return item(
        Integer.toString(row),
        family,
        family.ask(question.replaceFirst("^Question:\\s*", "")),
        input.substring(0, Math.max(0, cut)),
        Resources.strings(node.path("outputs")),
        List.of());
  }

  private static Item item(
      String id,
      TaskFamily family,
      String question,
      String text,
      List<String> answers,
      List<String> classes) {
    return new Item(
        id,
        question,
        () -> text,
        text.length() / CHARS_PER_TOKEN,
        new Judge(family.metric(), answers, classes, family.firstLine()),
        family.mayStop(),
        family.answerTokens(),
        Map.of());
  }
}
