package io.github.smoothreading.examples.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.langchain4j.SmoothReadingDocumentSplitter;
import io.github.smoothreading.langchain4j.SmoothReadingMetadata;
import java.io.PrintStream;
import java.util.List;

/**
 * Splits documents at ingestion into chunks that each carry a summary of what was known at that
 * point.
 */
public final class ContextualSummaries {
  private ContextualSummaries() {}

  /** Takes a question and a folder, or neither. */
  public static void main(String[] args) {
    String question = Documents.argument(args, 0, "Who repaired the pump?");
    try (SmoothReader reader = SmoothReader.open()) {
      ingest(reader, Documents.from(args, 1), question, System.out);
    }
  }

  static List<TextSegment> ingest(
      SmoothReader reader, List<Document> documents, String question, PrintStream out) {
    EmbeddingModel embeddings = new AllMiniLmL6V2QuantizedEmbeddingModel();
    InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
    // tag::ingest[]
    DocumentSplitter splitter =
        SmoothReadingDocumentSplitter.builder()
            .reader(reader)
            .question(question)
            .options(ReadingOptions.builder().chunk(128).build())
            .build();
    EmbeddingStoreIngestor.builder()
        .documentSplitter(splitter)
        .textSegmentTransformer(SmoothReadingDocumentSplitter.summaryBeforeText())
        .embeddingModel(embeddings)
        .embeddingStore(store)
        .build()
        .ingest(documents);
    // end::ingest[]
    List<TextSegment> nearest =
        store
            .search(
                EmbeddingSearchRequest.builder()
                    .queryEmbedding(embeddings.embed(question).content())
                    .maxResults(3)
                    .build())
            .matches()
            .stream()
            .map(EmbeddingMatch::embedded)
            .toList();
    for (TextSegment segment : nearest) {
      out.printf(
          "%s, characters %d to %d%n%s%n%n",
          segment.metadata().getString(Document.FILE_NAME),
          segment.metadata().getLong(SmoothReadingMetadata.START_OFFSET),
          segment.metadata().getLong(SmoothReadingMetadata.END_OFFSET),
          segment.text());
    }
    return nearest;
  }
}
