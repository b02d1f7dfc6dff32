package io.github.smoothreading.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.service.Result;
import io.github.smoothreading.Reading;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.langchain4j.SmoothReadingMetadata;
import io.github.smoothreading.text.TextSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The LangChain4j examples on their own documents, with the default model: they say what the plain
 * reader says.
 */
class LangChain4jExamplesTest {
  private static final String QUESTION = "Who repaired the pump?";

  private static SmoothReader reader;
  private static List<Document> documents;
  private static Map<String, Reading> plain;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private PrintStream out;

  @BeforeAll
  static void readPlainly() {
    // Exact, whatever is read side by side.
    BackendOptions exact = BackendOptions.builder().compute(Compute.FP32).build();
    reader = SmoothReader.builder().backend(exact).build();
    documents = Documents.from(new String[0], 0);
    plain = new HashMap<>();
    for (Document document : documents) {
      plain.put(name(document), reader.read(TextSource.of(document.text()), QUESTION));
    }
    assertThat(plain).hasSize(4);
    assertThat(plain.values()).anyMatch(reading -> reading.answer().isPresent());
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  @BeforeEach
  void capture() {
    out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void askFolder() {
    AskFolder.ask(reader, documents, QUESTION, out);

    assertThat(printed()).startsWith(QUESTION).contains("of 4 documents have something");
    plain.forEach(
        (file, reading) ->
            reading
                .answer()
                .ifPresentOrElse(
                    answer -> assertThat(printed()).contains(file + ": " + answer),
                    () -> assertThat(printed()).doesNotContain(file + ": null (")));
  }

  @Test
  void ragWithParents() {
    List<Content> contents = RagWithParents.ask(reader, documents, QUESTION, out);

    assertThat(printed()).contains("The chat model gets:").contains(QUESTION);
    assertThat(contents).hasSizeLessThanOrEqualTo(2);
    for (Content content : contents) {
      TextSegment segment = content.textSegment();
      assertThat(segment.metadata().getString(SmoothReadingMetadata.ANSWER))
          .isEqualTo(
              plain.get(segment.metadata().getString(Document.FILE_NAME)).answer().orElse(null));
      assertThat(printed()).contains(segment.text());
    }
  }

  @Test
  void contextualSummaries() {
    List<Document> one = documents.stream().filter(d -> name(d).equals("logbook.txt")).toList();
    List<TextSegment> nearest = ContextualSummaries.ingest(reader, one, QUESTION, out);

    assertThat(nearest).isNotEmpty();
    for (TextSegment segment : nearest) {
      int start = segment.metadata().getLong(SmoothReadingMetadata.START_OFFSET).intValue();
      int end = segment.metadata().getLong(SmoothReadingMetadata.END_OFFSET).intValue();
      assertThat(segment.text())
          .startsWith("Target: " + QUESTION + "\nClues: ")
          .endsWith("\n\n" + one.get(0).text().substring(start, end));
    }
    assertThat(printed()).contains("logbook.txt, characters ");
  }

  @Test
  void readingAgent() {
    List<Document> two =
        documents.stream().filter(d -> name(d).matches("(logbook|minutes).txt")).toList();
    Result<String> result = ReadingAgent.ask(reader, two, new StandInAgent(), QUESTION, out);

    assertThat(result.toolExecutions()).hasSize(3);
    two.forEach(
        document ->
            plain
                .get(name(document))
                .answer()
                .ifPresent(answer -> assertThat(result.content()).contains(answer)));
    assertThat(printed())
        .contains("logbook.txt: ")
        .contains("characters\n")
        .contains("readDocument -> ");
  }

  @Test
  void foldersOfTheUsersAreTakenByName(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("b.txt"), "Second.");
    Files.writeString(folder.resolve("a.txt"), "First.");
    assertThat(Documents.from(new String[] {"Which?", folder.toString()}, 1))
        .extracting(Document::text)
        .containsExactly("First.", "Second.");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static String name(Document document) {
    return document.metadata().getString(Document.FILE_NAME);
  }
}
