package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import io.github.smoothreading.SmoothReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Retrieves by reading: given documents without any index, or the documents behind another
 * retriever's hits.
 *
 * <p>A content's text is the verified clues with the sentences around them, in document order; the
 * answer, its places and what was read are metadata ({@link SmoothReadingMetadata}). Documents that
 * do not answer give no content.
 *
 * <pre>{@code
 * AiServices.builder(Assistant.class)
 *     .chatModel(chatModel)
 *     .contentRetriever(SmoothReadingContentRetriever.from(reader, documents))
 *     .build()
 * }</pre>
 */
public final class SmoothReadingContentRetriever implements ContentRetriever {
  private final DocumentReadings readings;
  private final List<Document> documents;
  private final Optional<ContentRetriever> delegate;
  private final Optional<ParentReadings> parents;
  private final int maxResults;
  private final boolean onlyVerified;

  private SmoothReadingContentRetriever(Builder builder) {
    readings = new DocumentReadings(builder);
    documents = builder.documents;
    delegate = Optional.ofNullable(builder.delegate);
    if (delegate.isPresent() == !documents.isEmpty()) {
      throw new IllegalArgumentException(
          "give either documents to read, or a delegate whose hits lead to documents; given were %d documents and %s"
              .formatted(documents.size(), delegate.isPresent() ? "a delegate" : "no delegate"));
    }
    parents = delegate.map(none -> new ParentReadings(builder));
    maxResults = builder.maxResults;
    onlyVerified = builder.onlyVerified();
  }

  /** Reads {@code documents} for every query, with the default options. */
  public static SmoothReadingContentRetriever from(SmoothReader reader, List<Document> documents) {
    return builder().reader(reader).documents(documents).build();
  }

  /** Chooses reader and documents. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public List<Content> retrieve(Query query) {
    ReadingCall call = ReadingCall.of(query);
    if (delegate.isPresent()) {
      List<Content> hits = delegate.get().retrieve(query);
      return hits.isEmpty()
          ? List.of()
          : parents.orElseThrow().read(hits, hits, query.text(), call).stream()
              .limit(maxResults)
              .toList();
    }
    return readDocuments(query.text(), call);
  }

  /** Reads in the given order, some at a time, until there are enough. */
  private List<Content> readDocuments(String question, ReadingCall call) {
    List<Content> contents = new ArrayList<>();
    int step = maxResults == Integer.MAX_VALUE ? documents.size() : readings.atOnce();
    for (int from = 0; from < documents.size() && contents.size() < maxResults; from += step) {
      List<Document> next = documents.subList(from, Math.min(documents.size(), from + step));
      for (DocumentReading reading : readings.readAll(next, question, call)) {
        if (reading.found() && (!onlyVerified || !reading.evidence().isEmpty())) {
          Optional<TextSegment> segment = reading.segment();
          segment.map(Content::from).ifPresent(contents::add);
        }
      }
    }
    return contents.stream().limit(maxResults).toList();
  }

  /** Builds a {@link SmoothReadingContentRetriever}. */
  public static final class Builder extends HitSettings<Builder> {
    private List<Document> documents = List.of();
    private @Nullable ContentRetriever delegate;
    private int maxResults = Integer.MAX_VALUE;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** The documents to read for every query, in this order. */
    public Builder documents(List<Document> documents) {
      this.documents = List.copyOf(documents);
      return this;
    }

    /**
     * The retriever whose hits lead to the documents to read; with it, a {@link #parentResolver} is
     * required.
     */
    public Builder delegate(ContentRetriever delegate) {
      this.delegate = Objects.requireNonNull(delegate, "delegate");
      return this;
    }

    /**
     * Most contents to return; default no limit. Given documents are read in their order until so
     * many have an answer, the rest stays unread.
     */
    public Builder maxResults(int maxResults) {
      this.maxResults = Checks.atLeast(1, maxResults, "maxResults");
      return this;
    }

    /**
     * The retriever.
     *
     * @throws IllegalArgumentException if the reader is missing, or there are neither documents nor
     *     a delegate with a parent resolver
     */
    public SmoothReadingContentRetriever build() {
      return new SmoothReadingContentRetriever(this);
    }
  }
}
