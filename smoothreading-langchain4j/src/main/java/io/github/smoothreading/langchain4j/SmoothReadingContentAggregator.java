package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.aggregator.DefaultContentAggregator;
import dev.langchain4j.rag.query.Query;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Retrieves small and reads whole: hits are grouped by document, each document is read for the
 * question, and one content per document goes on, with the score of its best hit.
 *
 * <p>A content's text is the verified clues with the sentences around them, in document order; the
 * answer, its places and what was read are metadata ({@link SmoothReadingMetadata}). Documents come
 * in the order of their best hits, which are fused by LangChain4j's {@link
 * DefaultContentAggregator}.
 *
 * <pre>{@code
 * DefaultRetrievalAugmentor.builder()
 *     .contentRetriever(embeddingStoreRetriever)
 *     .contentAggregator(
 *         SmoothReadingContentAggregator.builder()
 *             .reader(reader)
 *             .parentResolver(ParentResolver.among(documents))
 *             .maxDocuments(3)
 *             .build())
 *     .build()
 * }</pre>
 *
 * <p>With several queries (an expanding query transformer) the hits of all of them count, and the
 * documents are read for the user's own message, unless {@link Builder#querySelector} says
 * otherwise.
 */
public final class SmoothReadingContentAggregator implements ContentAggregator {
  private final ParentReadings parents;
  private final ContentAggregator fusion = new DefaultContentAggregator();
  private final Function<Set<Query>, Query> querySelector;

  private SmoothReadingContentAggregator(Builder builder) {
    parents = new ParentReadings(builder);
    querySelector = builder.querySelector;
  }

  /** Chooses reader and parent documents. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public List<Content> aggregate(Map<Query, Collection<List<Content>>> queryToContents) {
    List<Content> all =
        queryToContents.values().stream()
            .flatMap(Collection::stream)
            .flatMap(List::stream)
            .toList();
    if (all.isEmpty()) {
      return List.of();
    }
    Query query =
        Objects.requireNonNull(
            querySelector.apply(queryToContents.keySet()), "querySelector gave null");
    return parents.read(
        fusion.aggregate(queryToContents), all, query.text(), ReadingCall.of(query));
  }

  private static Query ownQuestion(Set<Query> queries) {
    Query first = queries.iterator().next();
    if (queries.size() == 1) {
      return first;
    }
    Set<String> messages =
        queries.stream().map(SmoothReadingContentAggregator::message).collect(Collectors.toSet());
    String message = messages.iterator().next();
    if (messages.size() > 1 || message.isEmpty()) {
      throw new IllegalArgumentException(
          "%d queries, and no single user message behind them, so it is unclear which to read for; give a querySelector"
              .formatted(queries.size()));
    }
    return Query.from(message, first.metadata());
  }

  private static String message(Query query) {
    ChatMessage message = query.metadata() == null ? null : query.metadata().chatMessage();
    return message instanceof UserMessage user && user.hasSingleText() ? user.singleText() : "";
  }

  /** Builds a {@link SmoothReadingContentAggregator}. */
  public static final class Builder extends HitSettings<Builder> {
    private Function<Set<Query>, Query> querySelector = SmoothReadingContentAggregator::ownQuestion;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Chooses, among several queries, what to read for; default the user's message that all of them
     * were made from, and an IllegalArgumentException if there is no such one.
     */
    public Builder querySelector(Function<Set<Query>, Query> querySelector) {
      this.querySelector = Objects.requireNonNull(querySelector, "querySelector");
      return this;
    }

    /**
     * The aggregator.
     *
     * @throws IllegalArgumentException if reader or parent resolver are missing
     */
    public SmoothReadingContentAggregator build() {
      return new SmoothReadingContentAggregator(this);
    }
  }
}
