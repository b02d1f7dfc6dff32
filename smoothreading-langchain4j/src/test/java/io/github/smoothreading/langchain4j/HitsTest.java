package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From hits to documents: the aggregator, and the retriever over another one. */
class HitsTest {
  private static final Query QUERY = Query.from("Where is the treasure?");
  private static final Document ISLAND =
      document(
          "island.txt", "Palms sway here. Below the third palm lies the treasure. Waves roll.");
  private static final Document CITY =
      document("city.txt", "Trams ring. Nobody in the city ever saw a treasure. Doors close.");
  private static final Document DESERT = document("desert.txt", "Sand, and more sand.");

  private static Document document(String name, String text) {
    return Document.from(text, new Metadata().put(Document.FILE_NAME, name));
  }

  private static Content hit(String file, String text, double score) {
    return Content.from(
        TextSegment.from(text, new Metadata().put(Document.FILE_NAME, file)),
        Map.of(ContentMetadata.SCORE, score));
  }

  private static SmoothReadingContentAggregator.Builder aggregator() {
    return SmoothReadingContentAggregator.builder()
        .reader(WordReader.open())
        .parentResolver(ParentResolver.among(List.of(ISLAND, CITY, DESERT)));
  }

  private static List<Content> aggregate(
      SmoothReadingContentAggregator.Builder aggregator, Content... hits) {
    return aggregator.build().aggregate(Map.of(QUERY, List.of(List.of(hits))));
  }

  @Test
  void givesOneContentPerDocumentWithTheBestScore() {
    List<Content> contents =
        aggregate(
            aggregator(),
            hit("city.txt", "Trams ring.", 0.7),
            hit("island.txt", "Palms sway here.", 0.6),
            hit("city.txt", "Doors close.", 0.9));

    assertThat(contents).hasSize(2);
    assertThat(contents)
        .extracting(content -> content.metadata().get(ContentMetadata.SCORE))
        .containsExactly(0.9, 0.6);
    assertThat(contents)
        .extracting(content -> content.textSegment().metadata().getString(Document.FILE_NAME))
        .containsExactly("city.txt", "island.txt");
    assertThat(contents.get(1).textSegment().text())
        .isEqualTo("Palms sway here. Below the third palm lies the treasure. Waves roll.");
    assertThat(contents.get(1).textSegment().metadata().getString(SmoothReadingMetadata.ANSWER))
        .isEqualTo("Below the third palm lies the treasure.");
  }

  @Test
  void dropsDocumentsThatDoNotAnswerUnlessTold() {
    Content hit = hit("desert.txt", "more sand", 0.5);
    assertThat(aggregate(aggregator(), hit)).isEmpty();

    List<Content> kept = aggregate(aggregator().keepUnanswered(true), hit);
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).textSegment().text()).isEqualTo("more sand");
    assertThat(kept.get(0).textSegment().metadata().getString(SmoothReadingMetadata.OUTCOME))
        .isEqualTo("not_found");
    assertThat(kept.get(0).metadata()).containsEntry(ContentMetadata.SCORE, 0.5);
  }

  /** An empty line ends a passage as a full stop does, since headings have none. */
  @Test
  void passagesEndAtEmptyLines() {
    for (String gap : List.of("\n\n", "\r\n \r\n")) {
      Document paper =
          document(
              "paper.txt",
              String.join(gap, "TITLE", "HEADING", "A treasure.", "NEXT", "Last line here"));
      List<Content> contents =
          SmoothReadingContentRetriever.builder()
              .reader(WordReader.open())
              .documents(List.of(paper))
              .build()
              .retrieve(QUERY);
      assertThat(contents.get(0).textSegment().text())
          .isEqualTo(String.join(gap, "HEADING", "A treasure.", "NEXT"));
    }
  }

  @Test
  void passesOnHitsWhoseDocumentIsGone() {
    Content gone = hit("gone.txt", "An old page.", 0.8);
    Content nameless = Content.from("A page of nowhere.");
    assertThat(aggregate(aggregator(), gone, nameless)).containsExactly(gone, nameless);
    assertThat(aggregate(aggregator().keepUnresolved(false), gone, nameless)).isEmpty();
  }

  @Test
  void readsNoMoreDocumentsThanToldAndTheBestFirst() {
    List<Content> contents =
        aggregate(
            aggregator().maxDocuments(1),
            hit("island.txt", "Palms sway here.", 0.6),
            hit("city.txt", "Trams ring.", 0.5));
    assertThat(contents).hasSize(1);
    assertThat(contents.get(0).textSegment().metadata().getString(Document.FILE_NAME))
        .isEqualTo("island.txt");
  }

  @Test
  void resolvesEachDocumentOnce() {
    List<String> asked = new ArrayList<>();
    SmoothReadingContentAggregator.Builder counting =
        SmoothReadingContentAggregator.builder()
            .reader(WordReader.open())
            .parentResolver(
                hit -> {
                  asked.add(hit.text());
                  return Optional.of(ISLAND);
                });
    aggregate(counting, hit("island.txt", "a", 0.3), hit("island.txt", "b", 0.2));
    assertThat(asked).containsExactly("a");
  }

  @Test
  void hasNothingToDoWithoutHits() {
    SmoothReadingContentAggregator aggregator = aggregator().build();
    assertThat(aggregator.aggregate(Map.of())).isEmpty();
    assertThat(aggregator.aggregate(Map.of(QUERY, List.of()))).isEmpty();
    assertThat(aggregator.aggregate(Map.of(QUERY, List.of(List.of())))).isEmpty();
  }

  @Test
  void readsForTheUsersMessageWhenItWasExpanded() {
    UserMessage message = UserMessage.from("Where is the treasure?");
    dev.langchain4j.rag.query.Metadata metadata =
        dev.langchain4j.rag.query.Metadata.from(message, "1", List.of());
    List<Content> contents =
        aggregator()
            .build()
            .aggregate(
                queries(
                    Query.from("gold location", metadata), Query.from("hidden riches", metadata)));
    assertThat(contents).hasSize(1);
    assertThat(contents.get(0).textSegment().metadata().getString(SmoothReadingMetadata.QUESTION))
        .isEqualTo("Where is the treasure?");
  }

  @Test
  void saysThatItCannotChooseAmongQueriesWithoutAMessage() {
    Map<Query, Collection<List<Content>>> queries =
        queries(Query.from("gold"), Query.from("treasure"));
    assertThatThrownBy(() -> aggregator().build().aggregate(queries))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 queries")
        .hasMessageContaining("querySelector");
    List<Content> chosen =
        aggregator().querySelector(all -> Query.from("treasure")).build().aggregate(queries);
    assertThat(chosen).hasSize(1);
  }

  private static Map<Query, Collection<List<Content>>> queries(Query... queries) {
    Map<Query, Collection<List<Content>>> map = new LinkedHashMap<>();
    for (Query query : queries) {
      map.put(query, List.of(List.of(hit("island.txt", "Palms sway here.", 0.4))));
    }
    return map;
  }

  @Test
  void tellsDocumentsApartByFolderAndById() {
    Document here = named("a", "x.txt", "The treasure is here.");
    Document there = named("b", "x.txt", "The treasure is there.");
    ParentResolver resolver = ParentResolver.among(List.of(here, there));
    assertThat(resolver.resolve(there.toTextSegment())).containsSame(there);
    assertThat(resolver.resolve(here.toTextSegment())).containsSame(here);
    assertThatThrownBy(() -> ParentResolver.among(List.of(ISLAND, ISLAND)))
        .hasMessageContaining("island.txt");
    assertThatThrownBy(() -> ParentResolver.among(List.of(Document.from("Nameless."))))
        .hasMessageContaining("document_id");
  }

  private static Document named(String folder, String name, String text) {
    return Document.from(
        text,
        new Metadata().put(Document.FILE_NAME, name).put(Document.ABSOLUTE_DIRECTORY_PATH, folder));
  }

  @Test
  void retrieverReadsBehindAnotherOnesHits() {
    ContentRetriever search = query -> List.of(hit("island.txt", "Palms sway here.", 0.6));
    SmoothReadingContentRetriever retriever =
        SmoothReadingContentRetriever.builder()
            .reader(WordReader.open())
            .delegate(search)
            .parentResolver(ParentResolver.among(List.of(ISLAND)))
            .surroundingSentences(0)
            .build();
    List<Content> contents = retriever.retrieve(QUERY);
    assertThat(contents).hasSize(1);
    assertThat(contents.get(0).textSegment().text())
        .isEqualTo("Below the third palm lies the treasure.");
    assertThat(contents.get(0).metadata()).containsEntry(ContentMetadata.SCORE, 0.6);
  }

  @Test
  void retrieverOverNoHitsFindsNothing() {
    SmoothReadingContentRetriever retriever =
        SmoothReadingContentRetriever.builder()
            .reader(WordReader.open())
            .delegate(query -> List.of())
            .parentResolver(hit -> Optional.empty())
            .build();
    assertThat(retriever.retrieve(QUERY)).isEmpty();
  }

  @Test
  void retrieverReadsGivenDocumentsInOrderUntilThereAreEnough() {
    SmoothReadingContentRetriever all =
        SmoothReadingContentRetriever.from(WordReader.open(), List.of(DESERT, CITY, ISLAND));
    assertThat(all.retrieve(QUERY))
        .extracting(content -> content.textSegment().metadata().getString(Document.FILE_NAME))
        .containsExactly("city.txt", "island.txt");

    List<String> read = new ArrayList<>();
    SmoothReadingContentRetriever one =
        SmoothReadingContentRetriever.builder()
            .reader(WordReader.open())
            .documents(List.of(DESERT, CITY, ISLAND))
            .maxResults(1)
            .maxConcurrentReads(1)
            .listener((document, event) -> read.add(document))
            .build();
    assertThat(one.retrieve(QUERY)).hasSize(1);
    assertThat(read).contains("desert.txt", "city.txt").doesNotContain("island.txt");
  }

  @Test
  void retrieverLeavesOutUnverifiedAnswersWhenTold() {
    Query invent = Query.from("Please invent something");
    SmoothReadingContentRetriever.Builder builder =
        SmoothReadingContentRetriever.builder()
            .reader(WordReader.open())
            .documents(List.of(DESERT));
    assertThat(builder.build().retrieve(invent)).hasSize(1);
    assertThat(builder.onlyVerified(true).build().retrieve(invent)).isEmpty();
  }

  @Test
  void retrieverNeedsOneKindOfSource() {
    assertThatThrownBy(
            () -> SmoothReadingContentRetriever.builder().reader(WordReader.open()).build())
        .hasMessageContaining("documents")
        .hasMessageContaining("delegate");
    assertThatThrownBy(
            () ->
                SmoothReadingContentRetriever.builder()
                    .reader(WordReader.open())
                    .documents(List.of(CITY))
                    .delegate(query -> List.of())
                    .build())
        .hasMessageContaining("either documents");
    assertThatThrownBy(
            () ->
                SmoothReadingContentRetriever.builder()
                    .reader(WordReader.open())
                    .delegate(query -> List.of())
                    .build())
        .hasMessageContaining("parentResolver");
  }
}
