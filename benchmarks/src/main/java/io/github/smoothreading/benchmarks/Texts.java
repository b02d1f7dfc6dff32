package io.github.smoothreading.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smoothreading.text.TextEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Three real texts that lie in the repository, each with a question that its beginning answers: a
 * clue that is found travels through all later rounds.
 */
enum Texts {
  MOBY_DICK("Moby-Dick", "At which inn does Ishmael stay in New Bedford?"),
  OPTICKS("Newton, Opticks", "In which year was the letter to Leibnitz written?"),
  TOM_SAWYER("Twain, Tom Sawyer", "What is the name of Tom's half-brother?");

  static final Path BOOK =
      Path.of("examples/src/main/resources/io/github/smoothreading/examples/ask/moby-dick.txt.gz");
  private static final Path PASSAGES = Path.of("training/eval/haystack-eval.jsonl.gz");

  /** More characters than this many tokens have. */
  private static final int CHARS_PER_TOKEN = 6;

  final String title;
  final String question;

  Texts(String title, String question) {
    this.title = title;
    this.question = question;
  }

  /**
   * The beginning of the text.
   *
   * @param repository the repository's root
   * @param tokens about how long
   */
  String head(Path repository, TextEncoder encoder, int tokens) throws IOException {
    String text = whole(repository);
    String enough = text.substring(0, Math.min(text.length(), CHARS_PER_TOKEN * tokens));
    int[] ends = encoder.encode(enough).ends();
    return ends.length <= tokens ? enough : enough.substring(0, ends[tokens - 1]);
  }

  private String whole(Path repository) throws IOException {
    return switch (this) {
      case MOBY_DICK -> book(repository);
      case OPTICKS -> passages(repository, "Opticks");
      case TOM_SAWYER -> passages(repository, "Tom Sawyer");
    };
  }

  private static String book(Path repository) throws IOException {
    try (Reader in = open(repository.resolve(BOOK))) {
      StringWriter text = new StringWriter();
      in.transferTo(text);
      return text.toString();
    }
  }

  private static String passages(Path repository, String source) throws IOException {
    StringBuilder text = new StringBuilder();
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader in = new BufferedReader(open(repository.resolve(PASSAGES)))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode passage = mapper.readTree(line);
        if (passage.path("source").asText().contains(source)) {
          text.append(passage.path("text").asText()).append("\n\n");
        }
      }
    }
    return text.toString();
  }

  /** A compressed text. */
  static Reader open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "there is no %s; run in the repository's root, or name that with --repository"
              .formatted(file));
    }
    return new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8);
  }
}
