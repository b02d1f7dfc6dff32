package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.smoothreading.Reading;
import io.github.smoothreading.SmoothReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every adapter at its place in a real LangChain4j application, with the real default model, gives
 * what the plain reader gives for the same document. Only the outer chat model is a script.
 */
class WiringTest {
  private static final EmbeddingModel EMBEDDINGS = new AllMiniLmL6V2QuantizedEmbeddingModel();

  private static SmoothReader reader;
  private static List<HeldBack> questions;
  private static Map<String, Reading> plain;

  interface Assistant {
    Result<String> ask(String question);
  }

  @BeforeAll
  static void readPlainly() {
    reader = SmoothReader.open();
    questions = HeldBack.of(2);
    plain = new HashMap<>();
    questions.forEach(one -> plain.put(one.name(), one.read(reader)));
    // Equal results would mean little if there were hardly any.
    assertThat(plain.values()).hasSize(HeldBack.COUNT);
    assertThat(plain.values().stream().filter(reading -> reading.answer().isPresent()))
        .hasSizeGreaterThan(HeldBack.COUNT / 2);
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  @Test
  void retrieverInAnAiService() {
    for (HeldBack one : questions) {
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .chatModel(ScriptedChatModel.echo())
              .contentRetriever(SmoothReadingContentRetriever.from(reader, List.of(one.document())))
              .build();

      Result<String> result = assistant.ask(one.question());

      requireSources(one, result.sources());
      // What the chat model gets are the clues, in their sentences.
      for (Content source : result.sources()) {
        assertThat(result.content()).contains(source.textSegment().text());
      }
    }
  }

  @Test
  void aggregatorInAnAiService() {
    InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
    List<Document> documents = questions.stream().map(HeldBack::document).toList();
    EmbeddingStoreIngestor.builder()
        .documentSplitter(
            DocumentSplitters.recursive(40, 0, new SmoothReadingTokenCountEstimator(reader)))
        .embeddingModel(EMBEDDINGS)
        .embeddingStore(store)
        .build()
        .ingest(documents);
    EmbeddingStoreContentRetriever retriever =
        EmbeddingStoreContentRetriever.builder()
            .embeddingModel(EMBEDDINGS)
            .embeddingStore(store)
            .maxResults(2)
            .build();
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(ScriptedChatModel.echo())
            .retrievalAugmentor(
                DefaultRetrievalAugmentor.builder()
                    .contentRetriever(retriever)
                    .contentAggregator(
                        SmoothReadingContentAggregator.builder()
                            .reader(reader)
                            .parentResolver(ParentResolver.among(documents))
                            .maxDocuments(1)
                            .keepUnanswered(true)
                            .build())
                    .build())
            .build();

    int searchedRight = 0;
    for (HeldBack one : questions) {
      List<Content> sources = assistant.ask(one.question()).sources();
      assertThat(sources).hasSize(1);
      assertThat(sources.get(0).metadata()).containsKey(ContentMetadata.SCORE);
      String found = metadata(sources.get(0)).getString(Document.FILE_NAME);
      searchedRight += found.equals(one.name()) ? 1 : 0;
      assertThat(answer(sources.get(0))).as(one.question()).isEqualTo(read(one, found).answer());
    }
    // What is found is MiniLM's part; mostly it is the document with the answer.
    assertThat(searchedRight).isGreaterThanOrEqualTo(25);
  }

  /** The plain reader on the document that the search found, for this question. */
  private static Reading read(HeldBack one, String found) {
    return found.equals(one.name())
        ? plain(one)
        : questions.stream()
            .filter(other -> other.name().equals(found))
            .map(other -> new HeldBack(one.question(), other.document()).read(reader))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void toolInAnAiService() {
    Map<String, Document> documents = new HashMap<>();
    questions.forEach(one -> documents.put(one.name(), one.document()));
    for (HeldBack one : questions) {
      ScriptedChatModel caller =
          new ScriptedChatModel(
              request ->
                  request.messages().get(request.messages().size() - 1)
                          instanceof ToolExecutionResultMessage result
                      ? AiMessage.from(result.text())
                      : AiMessage.from(call(one)));
      Assistant agent =
          AiServices.builder(Assistant.class)
              .chatModel(caller)
              .tools(DocumentReadingTool.builder().reader(reader).documents(documents).build())
              .build();

      Result<String> result = agent.ask(one.question());

      assertThat(result.toolExecutions()).hasSize(1);
      Optional<String> answer = plain(one).answer();
      assertThat(result.content())
          .as(one.question())
          .startsWith(answer.map("Answer: %s\n"::formatted).orElse("The document was read"))
          .contains(one.name());
      // The model sees two parameters; the invocation's are none of its business.
      assertThat(caller.requests.get(0).toolSpecifications())
          .filteredOn(tool -> tool.name().equals("readDocument"))
          .singleElement()
          .satisfies(
              tool ->
                  assertThat(tool.parameters().properties())
                      .containsOnlyKeys("documentId", "question"));
    }
  }

  private static ToolExecutionRequest call(HeldBack one) {
    return ToolExecutionRequest.builder()
        .id("1")
        .name("readDocument")
        .arguments(
            "{\"documentId\": \"%s\", \"question\": \"%s\"}".formatted(one.name(), one.question()))
        .build();
  }

  @Test
  void transformerInAnIngestor() {
    InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
    EmbeddingStoreIngestor.builder()
        .documentTransformer(
            SmoothReadingDocumentTransformer.builder()
                .reader(reader)
                .maxConcurrentReads(1) // the arithmetic of a batch may round differently
                .questionFrom(document -> document.metadata().getString("question"))
                .build())
        .embeddingModel(EMBEDDINGS)
        .embeddingStore(store)
        .build()
        .ingest(questions.stream().map(HeldBack::document).toList());

    Map<String, TextSegment> stored = byName(store, HeldBack.COUNT);
    for (HeldBack one : questions) {
      TextSegment segment = stored.get(one.name());
      Reading reading = plain(one);
      assertThat(segment.metadata().getString(SmoothReadingMetadata.ANSWER))
          .as(one.question())
          .isEqualTo(reading.answer().orElse(null));
      boolean verified = reading.clues().stream().anyMatch(clue -> clue.verified());
      if (verified && reading.answer().isPresent()) {
        assertThat(segment.text().length()).isLessThanOrEqualTo(one.document().text().length());
        reading.clues().stream()
            .filter(clue -> clue.verified())
            .forEach(clue -> assertThat(segment.text()).contains(clue.text()));
      }
    }
  }

  @Test
  void splitterInAnIngestor() {
    for (HeldBack one : questions) {
      InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
      EmbeddingStoreIngestor.builder()
          .documentSplitter(
              SmoothReadingDocumentSplitter.builder()
                  .reader(reader)
                  .question(one.question())
                  .build())
          .textSegmentTransformer(SmoothReadingDocumentSplitter.summaryBeforeText())
          .embeddingModel(EMBEDDINGS)
          .embeddingStore(store)
          .build()
          .ingest(one.document());

      TextSegment segment = byName(store, 1).get(one.name());
      Reading reading = plain(one);
      assertThat(segment.metadata().getString(SmoothReadingMetadata.ANSWER))
          .as(one.question())
          .isEqualTo(reading.answer().orElse(null));
      // Shorter than a chunk: one segment, the whole text, behind its summary.
      String summary = segment.metadata().getString(SmoothReadingMetadata.SUMMARY);
      assertThat(summary).startsWith("Target: " + one.question() + "\nClues: ");
      assertThat(segment.text()).isEqualTo(summary + "\n\n" + one.document().text());
      reading.clues().forEach(clue -> assertThat(summary).contains(clue.text()));
    }
  }

  private static Map<String, TextSegment> byName(
      InMemoryEmbeddingStore<TextSegment> store, int count) {
    Map<String, TextSegment> segments = new HashMap<>();
    store
        .search(
            EmbeddingSearchRequest.builder()
                .queryEmbedding(EMBEDDINGS.embed("anything").content())
                .maxResults(2 * count)
                .build())
        .matches()
        .forEach(
            match ->
                segments.put(
                    match.embedded().metadata().getString(Document.FILE_NAME), match.embedded()));
    assertThat(segments).hasSize(count);
    return segments;
  }

  private static void requireSources(HeldBack one, List<Content> sources) {
    Reading reading = plain(one);
    assertThat(sources).as(one.question()).hasSize(reading.answer().isPresent() ? 1 : 0);
    for (Content source : sources) {
      Metadata metadata = metadata(source);
      assertThat(answer(source)).as(one.question()).isEqualTo(reading.answer());
      assertThat(metadata.getString(Document.FILE_NAME)).isEqualTo(one.name());
      assertThat(metadata.getLong(SmoothReadingMetadata.CHARS_READ))
          .isEqualTo(reading.coverage().charsRead());
      assertThat(metadata.getDouble(SmoothReadingMetadata.COVERAGE))
          .isEqualTo(reading.coverage().share());
      String clues = metadata.getString(SmoothReadingMetadata.CLUES);
      List<String> quoted =
          clues == null
              ? List.of()
              : List.of(clues.split(",")).stream().map(span -> cut(one.document(), span)).toList();
      assertThat(quoted)
          .containsExactlyInAnyOrderElementsOf(
              reading.clues().stream()
                  .filter(clue -> clue.verified())
                  .map(clue -> clue.text())
                  .toList());
    }
  }

  private static String cut(Document document, String span) {
    String[] ends = span.split("-");
    return document.text().substring(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
  }

  private static Reading plain(HeldBack one) {
    return plain.get(one.name());
  }

  private static Metadata metadata(Content content) {
    return content.textSegment().metadata();
  }

  private static Optional<String> answer(Content content) {
    return Optional.ofNullable(metadata(content).getString(SmoothReadingMetadata.ANSWER));
  }
}
