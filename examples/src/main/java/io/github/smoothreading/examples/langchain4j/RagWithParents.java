package io.github.smoothreading.examples.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Metadata;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.langchain4j.ParentResolver;
import io.github.smoothreading.langchain4j.SmoothReadingContentAggregator;
import io.github.smoothreading.langchain4j.SmoothReadingMetadata;
import java.io.PrintStream;
import java.util.List;

/**
 * Searches small segments by their embeddings, then reads the documents that they come from.
 *
 * <p>The augmentor goes into {@code AiServices}; here the message that a chat model would get is
 * printed.
 */
public final class RagWithParents {
  private RagWithParents() {}

  /** Takes a question and a folder, or neither. */
  public static void main(String[] args) {
    String question = Documents.argument(args, 0, "When does the lease end?");
    try (SmoothReader reader = SmoothReader.open()) {
      ask(reader, Documents.from(args, 1), question, System.out);
    }
  }

  static List<Content> ask(
      SmoothReader reader, List<Document> documents, String question, PrintStream out) {
    RetrievalAugmentor augmentor = augmentor(reader, documents);
    UserMessage message = UserMessage.from(question);
    AugmentationResult result =
        augmentor.augment(
            new AugmentationRequest(message, Metadata.from(message, "example", List.of())));
    for (Content content : result.contents()) {
      dev.langchain4j.data.document.Metadata metadata = content.textSegment().metadata();
      out.printf(
          "%s answers: %s%n",
          metadata.getString(Document.FILE_NAME), metadata.getString(SmoothReadingMetadata.ANSWER));
    }
    out.printf("%nThe chat model gets:%n%s%n", ((UserMessage) result.chatMessage()).singleText());
    return result.contents();
  }

  private static RetrievalAugmentor augmentor(SmoothReader reader, List<Document> documents) {
    EmbeddingModel embeddings = new AllMiniLmL6V2QuantizedEmbeddingModel();
    InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
    EmbeddingStoreIngestor.builder()
        .documentSplitter(DocumentSplitters.recursive(300, 0))
        .embeddingModel(embeddings)
        .embeddingStore(store)
        .build()
        .ingest(documents);
    ContentRetriever segments =
        EmbeddingStoreContentRetriever.builder()
            .embeddingModel(embeddings)
            .embeddingStore(store)
            .maxResults(5)
            .build();
    // tag::parents[]
    ContentAggregator wholeDocuments =
        SmoothReadingContentAggregator.builder()
            .reader(reader)
            .parentResolver(ParentResolver.among(documents))
            .maxDocuments(2)
            .build();
    RetrievalAugmentor augmentor =
        DefaultRetrievalAugmentor.builder()
            .contentRetriever(segments)
            .contentAggregator(wholeDocuments)
            .build();
    // end::parents[]
    return augmentor;
  }
}
