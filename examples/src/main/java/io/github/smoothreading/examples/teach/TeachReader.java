package io.github.smoothreading.examples.teach;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.langchain4j.teacher.SmoothReadingTeacher;
import io.github.smoothreading.langchain4j.teacher.TeacherReport;
import io.github.smoothreading.langchain4j.teacher.TeacherTask;
import io.github.smoothreading.langchain4j.teacher.Teaching;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Reads questions with known answers from JSON lines, lets a chat model behind an OpenAI-compatible
 * address read their texts, and appends the readings that pass to a file for the trainer.
 */
@Command(
    name = "TeachReader",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes readings to train on. Run it again with the same files to go on.")
public final class TeachReader implements Callable<Integer> {
  private static final int ENDED_EARLY = 3;

  /** More than a round that is kept can have. */
  private static final int REPLY_TOKENS = 600;

  @Spec private CommandSpec spec;

  @Option(
      names = "--questions",
      required = true,
      description = "JSON lines: question, answer (null: the text does not say) or answers, text.")
  private Path questions = Path.of("");

  @Option(names = "--out", required = true, description = "Where readings are appended.")
  private Path out = Path.of("");

  @Option(names = "--model", required = true, description = "The chat model's name.")
  private String model = "";

  @Option(
      names = "--base-url",
      description = "An OpenAI-compatible server; default ${DEFAULT-VALUE}.")
  private String baseUrl = "http://localhost:8080/v1";

  @Option(
      names = "--api-key-from",
      description = "The environment variable that holds the key; default: no key.")
  private @Nullable String keyVariable;

  @Option(
      names = "--chunk",
      arity = "2",
      description = "Least and most tokens of a chunk; default 256 1024.")
  private int[] chunk = {256, 1_024};

  @Option(
      names = "--seed",
      description = "What chunk sizes are drawn by; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--at-once",
      description = "Documents read side by side; default ${DEFAULT-VALUE}.")
  private int atOnce = 4;

  @Option(names = "--to-the-end", description = "Allow no early stop.")
  private boolean toTheEnd;

  @Option(
      names = "--exact",
      description = "Measure in the default reader's tokens, which loads it; else an estimate.")
  private boolean exact;

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new TeachReader())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              boolean expected = e instanceof IOException || e instanceof IllegalArgumentException;
              command.getErr().println(expected ? e.getMessage() : e);
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() throws IOException {
    TeacherReport report;
    if (exact) {
      try (SmoothReader reader = SmoothReader.open()) {
        report = builder().encoder(reader.encoder()).build().teach(questions, out);
      }
    } else {
      report = builder().build().teach(questions, out);
    }
    spec.commandLine().getOut().println(report);
    return report.ended().isPresent() || report.failed() > 0 ? ENDED_EARLY : 0;
  }

  private SmoothReadingTeacher.Builder builder() {
    PrintWriter progress = spec.commandLine().getErr();
    return SmoothReadingTeacher.builder()
        .chatModel(chatModel(baseUrl, key(), model))
        .chunkTokens(chunk[0], chunk[1])
        .seed(seed)
        .atOnce(atOnce)
        .earlyStop(!toTheEnd)
        .listener((task, teaching) -> progress.println(line(task, teaching)));
  }

  static ChatModel chatModel(String baseUrl, String key, String model) {
    // tag::model[]
    ChatModel chatModel =
        OpenAiChatModel.builder()
            .baseUrl(baseUrl) // llama.cpp, vLLM, SGLang, Ollama, or a provider
            .apiKey(key)
            .modelName(model)
            .temperature(0.0)
            .maxTokens(REPLY_TOKENS)
            .timeout(Duration.ofMinutes(10))
            .build();
    // end::model[]
    return chatModel;
  }

  private String key() {
    if (keyVariable == null) {
      return "none";
    }
    String key = System.getenv(keyVariable);
    if (key == null || key.isBlank()) {
      throw new IllegalArgumentException(
          "the environment variable %s is not set; export it, or leave --api-key-from out"
              .formatted(keyVariable));
    }
    return key;
  }

  private static String line(TeacherTask task, Teaching teaching) {
    return switch (teaching) {
      case Teaching.Accepted accepted ->
          "accepted %s: %d chunks".formatted(task.id(), accepted.reading().rounds().size());
      case Teaching.Refused refused ->
          "refused %s: %s: %s"
              .formatted(
                  task.id(),
                  refused.rule().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                  refused.detail());
      case Teaching.Failed failed -> "failed %s: %s".formatted(task.id(), failed.cause());
    };
  }
}
