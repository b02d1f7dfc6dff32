package io.github.smoothreading.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.text.Part;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The indexer makes passages that are the document, and touches only what has changed. */
class LuceneDocumentIndexerTest {
  @TempDir Path temp;
  private Path folder;
  private Path index;

  @BeforeEach
  void folders() throws IOException {
    folder = Files.createDirectory(temp.resolve("documents"));
    index = temp.resolve("index");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void joinedPassagesAreTheDocument(long seed) throws IOException {
    RandomLibrary library = new RandomLibrary(seed);
    Map<String, String> texts = library.texts(8, 200);
    int chars = 100 + library.below(900);
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer =
            LuceneDocumentIndexer.into(directory, new WhitespaceAnalyzer(), chars)) {
      indexer.add(RandomLibrary.parts(texts).stream());

      Map<String, TreeMap<Integer, Document>> stored = stored(directory);
      assertThat(stored.keySet()).isEqualTo(texts.keySet());
      texts.forEach(
          (id, text) -> {
            StringBuilder joined = new StringBuilder();
            stored
                .get(id)
                .values()
                .forEach(
                    passage -> {
                      assertThat(passage.get("text").length()).isBetween(1, chars);
                      assertThat(passage.getField("start").numericValue().longValue())
                          .isEqualTo(joined.length());
                      joined.append(passage.get("text"));
                      assertThat(passage.getField("end").numericValue().longValue())
                          .isEqualTo(joined.length());
                    });
            assertThat(joined.toString()).isEqualTo(text);
          });
    }
  }

  private static Map<String, TreeMap<Integer, Document>> stored(Directory directory)
      throws IOException {
    Map<String, TreeMap<Integer, Document>> stored = new TreeMap<>();
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (int doc = 0; doc < reader.maxDoc(); doc++) {
        Document document = reader.storedFields().document(doc);
        if (document.get("type") == null) {
          stored
              .computeIfAbsent(document.get("docid"), id -> new TreeMap<>())
              .put(document.getField("ord").numericValue().intValue(), document);
        }
      }
    }
    return stored;
  }

  @Test
  void updatesWhatHasChanged() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "The first text.");
    Files.writeString(folder.resolve("b.txt"), "The second text.");
    Files.createDirectories(folder.resolve("deep/er"));
    Files.writeString(folder.resolve("deep/er/c.txt"), "The third text.");
    try (LuceneDocumentIndexer indexer = LuceneDocumentIndexer.into(index)) {
      assertThat(indexer.sync(folder)).isEqualTo(new IndexingReport(3, 0, 0, 0, Map.of()));
    }
    Files.writeString(folder.resolve("b.txt"), "Another text.");
    Files.delete(folder.resolve("a.txt"));
    // A new indexer: what it knows comes from the index.
    try (LuceneDocumentIndexer indexer = LuceneDocumentIndexer.into(index)) {
      assertThat(indexer.sync(folder)).isEqualTo(new IndexingReport(0, 1, 1, 1, Map.of()));
      assertThat(indexer.size()).isEqualTo(2);
      assertThat(indexer.sync(folder)).isEqualTo(new IndexingReport(0, 0, 2, 0, Map.of()));
      assertThat(indexer.delete("deep/er/c.txt")).isTrue();
      assertThat(indexer.delete("deep/er/c.txt")).isFalse();
    }
    try (Directory directory = FSDirectory.open(index)) {
      assertThat(stored(directory).keySet()).containsExactly("b.txt");
      assertThat(stored(directory).get("b.txt").get(0).get("text")).isEqualTo("Another text.");
    }
  }

  @Test
  void skipsWhatIsNotTextAndSaysWhy() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "A text.");
    Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 1});
    Files.write(folder.resolve("latin.txt"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(folder.resolve("empty.txt"), "");
    Part broken =
        new Part(
            "broken",
            "",
            10,
            () -> {
              throw new IOException("the disk is on fire");
            });
    try (LuceneDocumentIndexer indexer = LuceneDocumentIndexer.into(index)) {
      IndexingReport report = indexer.add(folder);
      assertThat(report.added()).isEqualTo(1);
      assertThat(report.skipped()).containsOnlyKeys("picture.png", "latin.txt", "empty.txt");
      assertThat(report.skipped().get("latin.txt")).contains("UTF-8");

      assertThat(indexer.add(List.of(broken)).skipped().get("broken")).contains("on fire");
      // Longer than announced: known only while it is being indexed.
      Part longer = new Part("longer", "", 3, () -> new StringReader("longer"));
      assertThat(indexer.add(List.of(longer)).skipped().get("longer")).contains("longer than");
      assertThat(indexer.size()).isEqualTo(1);
      assertThatThrownBy(() -> indexer.add(folder.resolve("nowhere")))
          .hasMessageContaining("there is no")
          .hasMessageContaining("nowhere");
    }
  }

  @Test
  void readerNeedsNoSettings() throws IOException {
    Files.writeString(folder.resolve("mill.txt"), "It was late. The mills had burnt down.");
    SmoothReader noter = SentenceNoter.reader();
    try (LuceneDocumentIndexer indexer = LuceneDocumentIndexer.into(index);
        LuceneReader reader = LuceneReader.over(index).reader(noter).build()) {
      assertThat(reader.ask("Is there a mill").answer()).as("of an empty index").isEmpty();
      indexer.add(folder);

      LuceneAnswer answer = reader.ask("Which mill has burnt");
      assertThat(answer.citations()).hasSize(1);
      assertThat(answer.citations().get(0).document()).isEqualTo("mill.txt");
      assertThat(answer.citations().get(0).documentStart()).hasValue(13);
      assertThat(reader.describe().warnings()).isEmpty();
      assertThat(reader.describe().toString())
          .containsPattern("analyzer +EnglishAnalyzer \\(as the index says\\)");
    }
  }

  @Test
  void refusesFoldersOfOthers() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "A text.");
    assertThatThrownBy(() -> LuceneDocumentIndexer.into(folder))
        .isInstanceOf(LuceneIndexException.class)
        .hasMessageContaining("holds files, but no index");
    try (LuceneDocumentIndexer indexer = LuceneDocumentIndexer.into(index)) {
      indexer.add(folder);
      assertThatThrownBy(() -> LuceneDocumentIndexer.into(index))
          .isInstanceOf(LuceneIndexException.class)
          .hasMessageContaining("another writer has the index");
    }
    try (Directory directory = FSDirectory.open(index)) {
      assertThatThrownBy(
              () -> LuceneDocumentIndexer.into(directory, new WhitespaceAnalyzer(), 1000))
          .hasMessageContaining("was made with EnglishAnalyzer, not with WhitespaceAnalyzer");
      assertThatThrownBy(() -> LuceneDocumentIndexer.into(directory, new WhitespaceAnalyzer(), 9))
          .hasMessageContaining("passageChars is 9; give at least 100");
    }
  }
}
