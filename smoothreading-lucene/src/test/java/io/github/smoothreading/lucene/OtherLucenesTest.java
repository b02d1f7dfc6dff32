package io.github.smoothreading.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes that others made, with this Lucene and older ones, are read as they are. */
class OtherLucenesTest {
  private static final ReadingOptions WHOLE =
      ReadingOptions.builder().stop(StopPolicy.never()).build();

  @TempDir Path folder;
  private final SmoothReader noter = SentenceNoter.reader();

  @ParameterizedTest
  @ValueSource(strings = {"lucene-9.12.3", "lucene-10.6.0"})
  void readsPassagesOfLucene(String name) throws IOException {
    Path index = Fixtures.unpack(name, folder);
    try (LuceneReader reader =
            LuceneReader.over(index).order(StoredNumber.field("part")).reader(noter).build();
        Directory directory = FSDirectory.open(index)) {
      LuceneAnswer answer = reader.ask("Who built the lighthouse of Vargsund?");

      assertThat(answer.answer()).hasValueSatisfying(a -> assertThat(a).contains("Vargsund"));
      assertThat(answer.citations().get(0).document()).isEqualTo("lights");
      assertThat(answer.citations().get(0).title()).isEqualTo("Lights of the coast");
      assertThat(answer.citations().get(0).field()).isEqualTo("body");
      StoredValues.assertCited(answer, directory, "id", "part");
      StoredValues.assertCited(
          reader.ask("Which river is it near Vargsund?", GatheringOptions.DEFAULTS, WHOLE),
          directory,
          "id",
          "part");
    }
  }

  @Test
  void readsAnserinisSegmentsWithoutTheirOverlap() throws IOException {
    Path index = Fixtures.unpack("anserini", folder);
    try (LuceneReader reader = LuceneReader.over(index).reader(noter).build();
        Directory directory = FSDirectory.open(index)) {
      LuceneAnswer answer =
          reader.ask("Who cast the bell of Ostermark?", GatheringOptions.DEFAULTS, WHOLE);

      assertThat(answer.gathering().sources()).hasSize(1);
      assertThat(answer.clues()).isNotEmpty();
      assertThat(answer.citations())
          .allSatisfy(one -> assertThat(one.field()).isEqualTo("raw#/segment"))
          .allSatisfy(one -> assertThat(one.entry()).startsWith(one.document() + "#"));
      StoredValues.assertCited(answer, directory, "id", "none");
      // A part is a run of the document's text: what two segments share stands there once.
      assertThat(answer.clues())
          .anySatisfy(
              clue ->
                  assertThat(clue.text())
                      .isEqualTo(
                          "The bell of Ostermark was cast by Jonas Prager in the winter of 1702."));
      assertThat(answer.gathering().sources().get(0).length())
          .isLessThan(
              answer.gathering().passages().stream().mapToInt(one -> one.text().length()).sum());
    }
  }

  @Test
  void describesAnIndexOfAnothersShape() throws IOException {
    Path index = Fixtures.unpack("anserini", folder);
    try (LuceneReader reader = LuceneReader.over(index).reader(noter).build()) {
      assertThat(reader.describe().toString())
          .contains("made by Lucene 9, segments by 9.9.1")
          .containsPattern("contents +indexed: frequencies, no positions; not stored")
          .containsPattern("search +field 'contents', BM25")
          .containsPattern("analyzer +EnglishAnalyzer \\(guessed: 100 %")
          .containsPattern("text +'raw#/segment', there in 100 %")
          .containsPattern("document +field 'id', up to the last '#'")
          .containsPattern("title +raw#/title")
          .containsPattern("start +raw#/start_char");
    }
  }

  @Test
  void saysWhatIsMissingForMore() throws IOException {
    Path index = Fixtures.unpack("lucene-9.12.3", folder);
    try (LuceneReader reader = LuceneReader.over(index).reader(noter).build()) {
      assertThat(reader.describe().warnings())
          .singleElement()
          .asString()
          .contains("no order of passages is known")
          .contains("order(...)");
    }
  }

  @Test
  void saysThatPhrasesNeedPositions() throws IOException {
    Path index = Fixtures.unpack("anserini", folder);
    try (LuceneReader reader =
        LuceneReader.over(index)
            .reader(noter)
            .query(
                (question, field, analyzer) ->
                    new PhraseQuery.Builder()
                        .add(new Term(field, "bell"))
                        .add(new Term(field, "ostermark"))
                        .build())
            .build()) {
      assertThatThrownBy(() -> reader.ask("Who cast the bell?"))
          .isInstanceOf(LuceneIndexException.class)
          .hasMessageContaining("needs positions")
          .hasMessageContaining("QuestionQuery.anyTerm()");
    }
  }

  @Test
  void refusesAnIndexOfLucene8() throws IOException {
    Path index = Fixtures.unpack("lucene-8.11.4", folder);

    assertThatThrownBy(() -> LuceneReader.over(index).reader(noter).build())
        .isInstanceOf(LuceneIndexException.class)
        .hasMessageContaining("too old")
        .hasMessageContaining("8.")
        .hasMessageContaining("indexing the documents again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lucene-9.12.3", "lucene-10.6.0"})
  void fusesVectorsWithTerms(String name) throws IOException {
    Path index = Fixtures.unpack(name, folder);
    float[] likeRoads = {5, 1, 1, 0.5f};
    try (LuceneReader reader =
        LuceneReader.over(index).reader(noter).vectors("vector", question -> likeRoads).build()) {
      Gathering gathering = reader.gather("Where do the children polish it?");

      assertThat(gathering.passages())
          .extracting(Passage::document)
          .contains("lights", "roads", "bells");
      assertThat(reader.describe().toString()).containsPattern("vectors +field 'vector', fused");
    }
    assertThatThrownBy(
            () -> LuceneReader.over(index).reader(noter).vectors("title", q -> likeRoads).build())
        .isInstanceOf(LuceneIndexException.class)
        .hasMessageContaining("field 'title' holds no vectors; vector fields: vector");
  }
}
