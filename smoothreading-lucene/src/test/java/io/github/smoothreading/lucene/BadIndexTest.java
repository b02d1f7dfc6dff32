package io.github.smoothreading.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.SmoothReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read is refused with a message that says what was found and what to do. */
class BadIndexTest {
  @TempDir Path folder;
  private final SmoothReader noter = SentenceNoter.reader();

  private AbstractThrowableAssert<?, ?> assertRefused(Path index) {
    return assertThatThrownBy(() -> LuceneReader.over(index).reader(noter).build())
        .isInstanceOf(LuceneIndexException.class);
  }

  @Test
  void missingFolderStaysMissing() {
    Path missing = folder.resolve("mistyped");

    assertRefused(missing)
        .hasMessageContaining("there is no folder")
        .hasMessageContaining("mistyped");
    assertThat(missing).doesNotExist();
  }

  @Test
  void folderWithoutIndex() throws IOException {
    assertRefused(folder).hasMessageContaining("it is empty");
    Files.writeString(folder.resolve("notes.txt"), "text");

    assertRefused(folder)
        .hasMessageContaining("no segments file")
        .hasMessageContaining("found: notes.txt")
        .hasMessageContaining("LuceneDocumentIndexer");
  }

  @Test
  void damagedIndex() throws IOException {
    Path index = Fixtures.unpack("lucene-10.6.0", folder);
    Path segments = file(index, "segments_");
    byte[] bytes = Files.readAllBytes(segments);
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(segments, bytes);

    assertRefused(index).hasMessageContaining("damaged").hasMessageContaining("CheckIndex");
  }

  @Test
  void indexWithMissingFile() throws IOException {
    Path index = Fixtures.unpack("lucene-10.6.0", folder);
    Files.delete(file(index, ".cfs"));

    assertRefused(index).hasMessageContaining("missing").hasMessageContaining(".cfs");
  }

  @Test
  void truncatedIndex() throws IOException {
    Path index = Fixtures.unpack("lucene-10.6.0", folder);
    Path data = file(index, ".cfs");
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertRefused(index).hasMessageContaining("damaged");
  }

  @Test
  void indexOfALaterLucene() throws IOException {
    Path index = Fixtures.unpack("lucene-10.6.0", folder);
    Path segments = file(index, "segments_");
    byte[] bytes = Files.readAllBytes(segments);
    // Magic, length and name of the codec, then the format's version, big-endian.
    int version = 4 + 1 + "segments".length();
    bytes[version + 3] = 99;
    Files.write(segments, bytes);

    assertRefused(index).hasMessageContaining("newer than").hasMessageContaining("99");
  }

  @Test
  void codecThatIsNotThere() throws IOException {
    Path index = folder.resolve("codec");
    try (Directory directory = FSDirectory.open(index);
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig().setCodec(new Unheard()))) {
      writer.addDocument(document(true));
    }

    assertRefused(index)
        .hasMessageContaining("codec or format that is not on the class path")
        .hasMessageContaining("Unheard")
        .hasMessageContaining("add the jar");
  }

  /** Not registered, so an index written with it cannot be opened again. */
  private static final class Unheard extends FilterCodec {
    Unheard() {
      super("Unheard", Codec.getDefault());
    }
  }

  @Test
  void textThatIsNotStored() throws IOException {
    Path index = folder.resolve("unstored");
    try (Directory directory = FSDirectory.open(index);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      Document document = new Document();
      document.add(new TextField("body", "Some text.", Field.Store.NO));
      document.add(new org.apache.lucene.document.StoredField("size", 7));
      writer.addDocument(document);
    }

    assertRefused(index)
        .hasMessageContaining("the index stores no text")
        .hasMessageContaining("'body' is only indexed")
        .hasMessageContaining("stored fields are: size");
  }

  @Test
  void fieldsThatAreNotThere() throws IOException {
    Path index = Fixtures.unpack("lucene-10.6.0", folder);

    assertThatThrownBy(() -> LuceneReader.over(index).reader(noter).searchField("text").build())
        .hasMessageContaining("field 'text' is not indexed")
        .hasMessageContaining("indexed fields: body, id");
    assertThatThrownBy(() -> LuceneReader.over(index).reader(noter).textField("text").build())
        .hasMessageContaining("no text is stored in 'text'")
        .hasMessageContaining("stored fields: body, id, title");
    assertThatThrownBy(() -> LuceneReader.over(index).reader(noter).documentId("key").build())
        .hasMessageContaining("no field 'key' for the document's id")
        .hasMessageContaining("fields: body, id, part, title, vector");
    assertThatThrownBy(
            () -> LuceneReader.over(index).reader(noter).order(StoredNumber.field("ord")).build())
        .hasMessageContaining("no field 'ord' for order");
    assertThatThrownBy(
            () ->
                LuceneReader.over(index)
                    .reader(noter)
                    .text(StoredText.json("body", "/text"))
                    .build())
        .hasMessageContaining("stored field 'body' does not hold JSON");
  }

  @Test
  void readerThatWasClosed() throws IOException {
    Path index = Fixtures.unpack("lucene-10.6.0", folder);
    Directory directory = FSDirectory.open(index);
    DirectoryReader closed = DirectoryReader.open(directory);
    try (LuceneReader reader = LuceneReader.over(closed).reader(noter).build()) {
      closed.close();
      assertThatThrownBy(() -> reader.ask("Who?"))
          .isInstanceOf(LuceneIndexException.class)
          .hasMessageContaining("is closed");
    }
  }

  /** Whatever is asked of it: not one byte of the user's index changes, and no file comes. */
  @Test
  void indexIsOnlyRead() throws IOException {
    Path index = Fixtures.unpack("lucene-9.12.3", folder);
    String before = contents(index);
    try (LuceneReader reader = LuceneReader.over(index).reader(noter).build()) {
      reader.describe();
      reader.ask("Who built the lighthouse of Vargsund?");
    }
    assertThatThrownBy(() -> LuceneDocumentIndexer.into(index).close())
        .isInstanceOf(LuceneIndexException.class)
        .hasMessageContaining("was not made by LuceneDocumentIndexer and will not be written to");
    assertThat(contents(index)).isEqualTo(before);
  }

  private static String contents(Path index) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(index)) {
      for (Path file : files.sorted().toList()) {
        all.append(file.getFileName()).append(' ');
        all.append(java.util.Arrays.hashCode(Files.readAllBytes(file))).append('\n');
      }
    }
    return all.toString();
  }

  private static Path file(Path index, String part) throws IOException {
    try (Stream<Path> files = Files.list(index)) {
      return files.filter(file -> file.getFileName().toString().contains(part)).findFirst().get();
    }
  }

  private static Document document(boolean stored) {
    Document document = new Document();
    document.add(new StringField("id", "one", Field.Store.YES));
    document.add(new TextField("body", "Some text.", stored ? Field.Store.YES : Field.Store.NO));
    return document;
  }
}
