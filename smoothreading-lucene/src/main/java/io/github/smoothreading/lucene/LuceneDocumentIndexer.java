package io.github.smoothreading.lucene;

import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Makes and updates an index that {@link LuceneReader} reads without any setting.
 *
 * <pre>{@code
 * try (LuceneDocumentIndexer indexer = LuceneDocumentIndexer.into(Path.of("index"))) {
 *   indexer.sync(Path.of("documents"));
 * }
 * }</pre>
 *
 * <p>Each document is one block of Lucene documents: its passages in order, with their text, number
 * and offsets, and a parent with the title and a hash. Texts are streamed. A document whose hash is
 * the same is left alone; another is replaced as a whole, atomically, so that readers never see a
 * mixture. Each call commits; readers see what is committed.
 *
 * <p>Writes only into folders that are empty, or that it wrote. Thread-safe; one indexer at a time
 * per index.
 */
public final class LuceneDocumentIndexer implements AutoCloseable {
  private static final int DEFAULT_CHARS = 1000;

  private final Directory directory;
  private final boolean closesDirectory;
  private final IndexWriter writer;
  private final Map<String, String> hashes;
  private final DocumentBlock block;

  private LuceneDocumentIndexer(
      Directory directory,
      boolean closesDirectory,
      IndexWriter writer,
      Map<String, String> hashes,
      DocumentBlock block) {
    this.directory = directory;
    this.closesDirectory = closesDirectory;
    this.writer = writer;
    this.hashes = hashes;
    this.block = block;
  }

  /** Into a folder, which is made if it is missing; English text, passages of 1,000 characters. */
  public static LuceneDocumentIndexer into(Path folder) {
    return Indexes.explained(
        folder.toString(),
        () -> {
          Directory directory = FSDirectory.open(folder);
          try {
            return open(directory, true, new EnglishAnalyzer(), DEFAULT_CHARS);
          } catch (RuntimeException | IOException e) {
            directory.close();
            throw e;
          }
        });
  }

  /**
   * Into a directory, which is not closed.
   *
   * @param analyzer makes the text into terms; a reader has to be given the same one unless it is
   *     Lucene's StandardAnalyzer, EnglishAnalyzer, SimpleAnalyzer or WhitespaceAnalyzer
   * @param passageChars longest passage, in UTF-16 code units, at least 100
   */
  public static LuceneDocumentIndexer into(
      Directory directory, Analyzer analyzer, int passageChars) {
    return Indexes.explained(
        Indexes.name(directory), () -> open(directory, false, analyzer, passageChars));
  }

  private static LuceneDocumentIndexer open(
      Directory directory, boolean closesDirectory, Analyzer analyzer, int passageChars)
      throws IOException {
    if (passageChars < 100) {
      throw new IllegalArgumentException(
          "passageChars is %d; give at least 100".formatted(passageChars));
    }
    OwnIndex own = OwnIndex.open(directory, analyzer);
    DocumentBlock block = new DocumentBlock(passageChars);
    return new LuceneDocumentIndexer(directory, closesDirectory, own.writer(), own.hashes(), block);
  }

  /**
   * Adds documents, or replaces those whose title or text has changed.
   *
   * @param documents each with its id, its title as header, and its text
   */
  public synchronized IndexingReport add(Iterable<Part> documents) {
    Tally tally = new Tally();
    documents.forEach(document -> add(document, tally));
    return commit(tally);
  }

  /** The same from a stream, one document in memory at a time; does not close it. */
  public synchronized IndexingReport add(Stream<Part> documents) {
    Iterator<Part> all = documents.iterator();
    return add((Iterable<Part>) () -> all);
  }

  /**
   * Adds the UTF-8 text files in a folder and below, or one file. A document's id is its path from
   * the folder on, with slashes; its title is the file's name. What is not text is skipped and
   * reported.
   */
  public synchronized IndexingReport add(Path folder) {
    Tally tally = new Tally();
    addFiles(folder, tally);
    return commit(tally);
  }

  /** The same, and deletes every other document of the index. */
  public synchronized IndexingReport sync(Path folder) {
    Tally tally = new Tally();
    Set<String> there = addFiles(folder, tally);
    for (String id : Set.copyOf(hashes.keySet())) {
      if (!there.contains(id)) {
        tally.deleted += remove(id) ? 1 : 0;
      }
    }
    return commit(tally);
  }

  /** Deletes a document; false if the index has none of this id. */
  public synchronized boolean delete(String id) {
    boolean removed = remove(id);
    commit(new Tally());
    return removed;
  }

  /** Number of documents, each of one or more passages. */
  public synchronized int size() {
    return hashes.size();
  }

  private Set<String> addFiles(Path folder, Tally tally) {
    if (!Files.exists(folder)) {
      throw new IllegalArgumentException(
          "there is no '%s'; name a folder of text files, or one file".formatted(folder));
    }
    Set<String> there = new HashSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(
              file -> {
                Path from =
                    Files.isDirectory(folder) ? folder.relativize(file) : file.getFileName();
                String id = from.toString().replace('\\', '/');
                there.add(id);
                addFile(file, id, tally);
              });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list '%s': %s".formatted(folder, e.getMessage()), e);
    }
    return there;
  }

  private void addFile(Path file, String id, Tally tally) {
    Part text;
    try {
      text = TextSource.of(file).parts().get(0);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      tally.skipped.put(id, String.valueOf(e.getMessage()));
      return;
    }
    add(new Part(id, file.getFileName().toString(), text.length(), text.content()), tally);
  }

  private void add(Part document, Tally tally) {
    if (document.length() == 0) {
      tally.skipped.put(document.id(), "it has no text");
      return;
    }
    String hash;
    try {
      hash = block.hash(document);
    } catch (IOException | UncheckedIOException e) {
      tally.skipped.put(document.id(), "its text cannot be read: " + e.getMessage());
      return;
    }
    String before = hashes.get(document.id());
    if (hash.equals(before)) {
      tally.unchanged++;
      return;
    }
    Indexes.explained(Indexes.name(directory), () -> replace(document, hash, tally));
  }

  private boolean replace(Part document, String hash, Tally tally) throws IOException {
    try {
      // One call: the old block goes and the new one comes in the same instant.
      writer.updateDocuments(
          new Term(IndexFormat.DOCUMENT, document.id()), block.of(document, hash));
    } catch (UncheckedIOException e) {
      // The text's, not the index's; nothing of the block stays.
      tally.skipped.put(document.id(), String.valueOf(e.getMessage()));
      return false;
    }
    if (hashes.put(document.id(), hash) == null) {
      tally.added++;
    } else {
      tally.updated++;
    }
    return true;
  }

  private boolean remove(String id) {
    if (hashes.remove(id) == null) {
      return false;
    }
    Indexes.explained(
        Indexes.name(directory), () -> writer.deleteDocuments(new Term(IndexFormat.DOCUMENT, id)));
    return true;
  }

  private IndexingReport commit(Tally tally) {
    Indexes.explained(Indexes.name(directory), writer::commit);
    return new IndexingReport(
        tally.added, tally.updated, tally.unchanged, tally.deleted, tally.skipped);
  }

  /** Commits and releases the index. */
  @Override
  public synchronized void close() {
    try {
      writer.close();
      if (closesDirectory) {
        directory.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "closing the index %s failed: %s".formatted(Indexes.name(directory), e.getMessage()), e);
    }
  }

  private static final class Tally {
    private int added;
    private int updated;
    private int unchanged;
    private int deleted;
    private final Map<String, String> skipped = new LinkedHashMap<>();
  }
}
