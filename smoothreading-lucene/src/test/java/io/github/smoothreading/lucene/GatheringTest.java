package io.github.smoothreading.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is gathered for a question, and that it is made of the documents' own characters. */
class GatheringTest {
  private final SmoothReader noter = SentenceNoter.reader();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void gathersRunsOfTheDocumentsWithinTheBudget(long seed) throws IOException {
    RandomLibrary library = new RandomLibrary(seed);
    Map<String, String> texts = library.texts(1 + library.below(12), 120);
    GatheringOptions options =
        GatheringOptions.builder()
            .budget(300 + library.below(9000))
            .hits(1 + library.below(40))
            .documents(1 + library.below(6))
            .neighbours(library.below(5))
            .build();
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer =
            LuceneDocumentIndexer.into(
                directory, new StandardAnalyzer(), 100 + library.below(600))) {
      indexer.add(RandomLibrary.parts(texts));
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        for (int i = 0; i < 5; i++) {
          Gathering gathering = reader.gather(library.word() + " " + library.word() + "?", options);
          assertSound(gathering, texts, options);
        }
      }
    }
  }

  private void assertSound(Gathering gathering, Map<String, String> texts, GatheringOptions options)
      throws IOException {
    int used = 0;
    Set<String> documents = new LinkedHashSet<>();
    String current = "";
    long end = 0;
    int best = 0;
    for (Passage passage : gathering.passages()) {
      String whole = texts.get(passage.document());
      int start = (int) passage.documentStart().orElseThrow();
      assertThat(whole.substring(start, start + passage.text().length())).isEqualTo(passage.text());
      used += noter.countTokens(passage.text());
      if (!passage.document().equals(current)) {
        assertThat(documents.add(passage.document())).as("one run per document").isTrue();
        current = passage.document();
        end = 0;
      }
      assertThat((long) start).as("in the document's order").isGreaterThanOrEqualTo(end);
      end = start + passage.text().length();
    }
    assertThat(used).isLessThanOrEqualTo(gathering.tokens());
    assertThat(gathering.tokens()).isLessThanOrEqualTo(options.budget());
    assertThat(documents).hasSizeLessThanOrEqualTo(options.documents());
    for (String document : documents) {
      int rank =
          gathering.passages().stream()
              .filter(one -> one.document().equals(document) && one.rank().isPresent())
              .mapToInt(one -> one.rank().getAsInt())
              .min()
              .orElseThrow();
      assertThat(rank).as("best document first").isGreaterThan(best);
      best = rank;
    }
    for (TextSource source : gathering.sources()) {
      for (Part part : source.parts()) {
        assertThat(texts.values()).anySatisfy(text -> assertThat(text).contains(text(part)));
      }
      assertThat(source.length())
          .isEqualTo(gathering.passages().stream().mapToInt(one -> one.text().length()).sum());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void citesTheStoredCharactersOfEveryVerifiedClue(long seed) throws IOException {
    RandomLibrary library = new RandomLibrary(seed);
    Map<String, String> texts = library.texts(6, 80);
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer =
            LuceneDocumentIndexer.into(
                directory, new StandardAnalyzer(), 100 + library.below(300))) {
      indexer.add(RandomLibrary.parts(texts));
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        int verified = 0;
        for (ReadingStrategy strategy : ReadingStrategy.values()) {
          GatheringOptions options = GatheringOptions.builder().strategy(strategy).build();
          ReadingOptions whole = ReadingOptions.builder().stop(StopPolicy.never()).build();
          LuceneAnswer answer = reader.ask("Where is the " + library.word(), options, whole);
          StoredValues.assertCited(answer, directory, "docid", "ord");
          verified += answer.citations().size();
          for (Citation citation : answer.citations()) {
            int start = (int) citation.documentStart().orElseThrow();
            assertThat(texts.get(citation.document()).substring(start))
                .startsWith(citation.quotation());
          }
        }
        assertThat(verified).isGreaterThan(10);
      }
    }
  }

  @Test
  void cutsLongStoredTextsAndReadsAroundTheMatches() throws IOException {
    RandomLibrary library = new RandomLibrary(21);
    String before = library.text(400);
    String behind = library.text(400);
    String fact = "The zeppelin landed at Corvik.";
    String next = "It stayed for a week.";
    try (Directory directory = new ByteBuffersDirectory()) {
      write(directory, "book", before + "\n\n" + fact + "\n\n" + next + " " + behind);
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        Gathering gathering = reader.gather("Where did the zeppelin land?");

        assertThat(gathering.tokens()).isBetween(6000, 8192);
        assertThat(gathering.sources().get(0).parts())
            .anySatisfy(part -> assertThat(text(part)).contains(fact).contains(next));
        assertThat(gathering.passages())
            .filteredOn(one -> one.rank().isPresent() && one.rank().getAsInt() == 1)
            .singleElement()
            .satisfies(one -> assertThat(one.text()).contains("zeppelin"));
        LuceneAnswer answer = reader.ask("Where did the zeppelin land, at Corvik.");
        assertThat(answer.citations()).hasSize(1);
        assertThat(answer.citations().get(0).start()).isEqualTo(before.length() + 2);
        StoredValues.assertCited(answer, directory, "id", "none");
      }
    }
  }

  @Test
  void citesTheValueOfAFieldWithSeveral() throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      write(directory, "note", "A first value.", "The mill burnt down.", "A third value.");
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        LuceneAnswer answer = reader.ask("What happened to the mill");

        Citation citation = answer.citations().get(0);
        assertThat(citation.valueIndex()).isEqualTo(1);
        assertThat(citation.quotation()).isEqualTo("The mill burnt down.");
        StoredValues.assertCited(answer, directory, "id", "none");
      }
    }
  }

  @Test
  void readsEqualTextsOnce() throws IOException {
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer =
            LuceneDocumentIndexer.into(directory, new StandardAnalyzer(), 200)) {
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put("a", "The bell rang at noon.");
      texts.put("b", "The bell rang at noon.");
      texts.put("c", "Another bell rang at night.");
      indexer.add(RandomLibrary.parts(texts));
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        Gathering gathering = reader.gather("When did the bell ring?");
        assertThat(gathering.passages()).extracting(Passage::document).containsExactly("a", "c");
        assertThat(gathering.leftOut()).extracting(Passage::document).containsExactly("b");
      }
    }
  }

  @Test
  void stopsAcrossDocumentsAndTellsWhatWasNotReached() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    RandomLibrary library = new RandomLibrary(31);
    for (int i = 0; i < 6; i++) {
      texts.put(
          "d" + i, library.text(10) + " The mill of day " + i + " burnt down. " + library.text(10));
    }
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer =
            LuceneDocumentIndexer.into(directory, new StandardAnalyzer(), 300)) {
      indexer.add(RandomLibrary.parts(texts));
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        for (ReadingStrategy strategy : ReadingStrategy.values()) {
          LuceneAnswer answer =
              reader.ask(
                  "What happened to the mill",
                  GatheringOptions.builder().strategy(strategy).build(),
                  ReadingOptions.DEFAULTS);

          assertThat(answer.answer()).isPresent();
          assertThat(answer.readings()).hasSize(1);
          assertThat(answer.notReached()).isNotEmpty();
          List<Passage> all = new ArrayList<>(answer.read());
          all.addAll(answer.notReached());
          assertThat(all).hasSameElementsAs(answer.gathering().passages());
          assertThat(new HashSet<>(answer.read())).doesNotContainAnyElementsOf(answer.notReached());
          assertThat(answer.read()).anyMatch(one -> one.text().contains("mill"));
        }
      }
    }
  }

  @Test
  void readsOnInTheNextDocumentWhileOneDoesNotAnswer() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("a", "A mill, a mill and a mill stood here.");
    texts.put("b", "One mill stood beside the weir.");
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer =
            LuceneDocumentIndexer.into(directory, new StandardAnalyzer(), 200)) {
      indexer.add(RandomLibrary.parts(texts));
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        LuceneAnswer answer =
            reader.ask(
                "Which mill, mill is at the weir",
                GatheringOptions.builder().strategy(ReadingStrategy.EACH_DOCUMENT).build(),
                ReadingOptions.DEFAULTS);
        assertThat(answer.answer()).hasValue("One mill stood beside the weir.");
        assertThat(answer.citations()).extracting(Citation::document).containsExactly("b");
      }
    }
  }

  @Test
  void marksTheQuestionsWordsInTheSnippet() throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      write(directory, "note", "Long ago, the Mills burnt down. Nobody rebuilt them.");
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        Citation citation = reader.ask("Which mills burnt").citations().get(0);
        assertThat(citation.snippet().highlighted("<b>", "</b>"))
            .isEqualTo("Long ago, the <b>Mills</b> <b>burnt</b> down. Nobody rebuilt them.");
      }
    }
  }

  @Test
  void answersNotFoundWhenTheSearchFindsNothing() throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      write(directory, "note", "Some text.");
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        LuceneAnswer answer = reader.ask("Zzyzx?");
        assertThat(answer.answer()).isEmpty();
        assertThat(answer.readings()).isEmpty();
        assertThat(answer.gathering().isEmpty()).isTrue();
        assertThat(answer.toTrecRag("run", "1"))
            .contains("\"references\":[],\"response_length\":0");
        assertThatThrownBy(() -> reader.ask(" "))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("the question is empty");
      }
    }
  }

  @Test
  void exportsTheFormatOfTrecRag() throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      write(directory, "note", "The mill burnt down.");
      try (LuceneReader reader = LuceneReader.over(directory).reader(noter).build()) {
        assertThat(reader.ask("What about the mill").toTrecRag("run-1", "2024-3"))
            .isEqualTo(
                "{\"run_id\":\"run-1\",\"topic_id\":\"2024-3\",\"topic\":\"What about the mill\","
                    + "\"references\":[\"note\"],\"response_length\":4,"
                    + "\"answer\":[{\"text\":\"The mill burnt down.\",\"citations\":[0]}]}");
      }
    }
  }

  /** One Lucene document in an index of no particular shape. */
  static void write(Directory directory, String id, String... values) throws IOException {
    try (IndexWriter writer =
        new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
      Document document = new Document();
      document.add(new StringField("id", id, Field.Store.YES));
      for (String value : values) {
        document.add(new TextField("body", value, Field.Store.YES));
      }
      writer.addDocument(document);
    }
  }

  private static String text(Part part) {
    try (Reader in = part.content().open()) {
      StringWriter text = new StringWriter();
      in.transferTo(text);
      return text.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
