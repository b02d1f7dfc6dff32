package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the hits of a search into readings of the documents behind them, one content per document.
 */
final class ParentReadings {
  private final DocumentReadings readings;
  private final HitSettings<?> settings;
  private final ParentResolver resolver;

  ParentReadings(HitSettings<?> settings) {
    this.settings = settings;
    this.readings = new DocumentReadings(settings);
    this.resolver = settings.parentResolver();
  }

  /**
   * Reads the documents behind the hits.
   *
   * @param ranked the hits, best first
   * @param all the hits again, as often as they were found, for their scores
   */
  List<Content> read(List<Content> ranked, List<Content> all, String question, ReadingCall call) {
    List<Group> groups = groups(ranked, all);
    List<Document> parents = groups.stream().flatMap(group -> group.parent.stream()).toList();
    Map<Document, DocumentReading> read = new IdentityHashMap<>();
    readings
        .readAll(parents, question, call)
        .forEach(one -> read.put(one.document().document(), one));
    List<Content> contents = new ArrayList<>();
    for (Group group : groups) {
      if (group.parent.isEmpty()) {
        if (settings.keepUnresolved()) {
          contents.addAll(group.hits);
        }
      } else {
        content(group, Optional.ofNullable(read.get(group.parent.get()))).ifPresent(contents::add);
      }
    }
    return contents;
  }

  private Optional<Content> content(Group group, Optional<DocumentReading> reading) {
    Content best = group.best();
    Optional<TextSegment> segment =
        reading
            .filter(one -> !settings.onlyVerified() || !one.evidence().isEmpty())
            .filter(DocumentReading::found)
            .flatMap(DocumentReading::segment);
    if (segment.isEmpty() && settings.keepUnanswered()) {
      segment = Optional.of(unanswered(best.textSegment(), reading));
    }
    return segment.map(found -> Content.from(found, best.metadata()));
  }

  /** The hit itself, with what the reading came to. */
  private static TextSegment unanswered(TextSegment hit, Optional<DocumentReading> reading) {
    Metadata metadata = hit.metadata().copy();
    reading.ifPresent(
        one ->
            metadata.put(
                SmoothReadingMetadata.OUTCOME, DocumentReading.outcome(one.reading().outcome())));
    return TextSegment.from(hit.text(), metadata);
  }

  private List<Group> groups(List<Content> ranked, List<Content> all) {
    Map<String, Group> byId = new LinkedHashMap<>();
    int nameless = 0;
    for (Content hit : ranked) {
      Optional<String> id = resolver.id(hit.textSegment());
      // A key that no document has: the hit stands for itself.
      String key = id.orElse("\0" + nameless++);
      Group group = byId.get(key);
      if (group == null) {
        group = new Group(id.isEmpty() ? Optional.empty() : resolver.resolve(hit.textSegment()));
        byId.put(key, group);
      }
      group.hits.add(hit);
    }
    for (Content hit : all) {
      resolver.id(hit.textSegment()).map(byId::get).ifPresent(group -> group.scored.add(hit));
    }
    return byId.values().stream().limit(settings.maxDocuments()).toList();
  }

  private static final class Group {
    private final Optional<Document> parent;
    private final List<Content> hits = new ArrayList<>();
    private final List<Content> scored = new ArrayList<>();

    Group(Optional<Document> parent) {
      // A blank document cannot be read, so its hits are all there is of it.
      this.parent = parent.filter(document -> DocumentText.of(document).isPresent());
    }

    /** The hit with the best score; the first in rank where no hit has one. */
    Content best() {
      return scored.stream()
          .filter(hit -> score(hit).isPresent())
          .max(Comparator.comparingDouble(hit -> score(hit).orElseThrow()))
          .orElse(hits.get(0));
    }

    private static Optional<Double> score(Content hit) {
      return Optional.ofNullable(hit.metadata().get(ContentMetadata.SCORE))
          .filter(Number.class::isInstance)
          .map(score -> ((Number) score).doubleValue());
    }
  }
}
