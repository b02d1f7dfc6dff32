package io.github.smoothreading.lucene;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;

/** Opens indexes for reading, and turns what Lucene throws into what a user can act on. */
final class Indexes {
  private static final int NAMES_SHOWN = 5;

  private Indexes() {}

  /** Something done with an index that may fail in Lucene's ways. */
  @FunctionalInterface
  interface Access<T> {
    T run() throws IOException;
  }

  /** A folder, which is never created: {@link FSDirectory#open} alone would. */
  static Directory open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new LuceneIndexException(
          "there is no folder '%s'; name the folder that holds a Lucene index"
              .formatted(folder.toAbsolutePath()));
    }
    return explained(
        folder.toString(),
        () -> {
          Directory directory = FSDirectory.open(folder);
          try {
            requireIndex(directory);
            return directory;
          } catch (RuntimeException | IOException e) {
            directory.close();
            throw e;
          }
        });
  }

  /** Refuses a directory without an index; says what is there instead. */
  static void requireIndex(Directory directory) throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      throw missing(directory);
    }
  }

  private static LuceneIndexException missing(Directory directory) throws IOException {
    String[] files = directory.listAll();
    String found =
        files.length == 0
            ? "it is empty"
            : "found: "
                + Stream.of(files).limit(NAMES_SHOWN).collect(Collectors.joining(", "))
                + (files.length > NAMES_SHOWN ? ", and %d more".formatted(files.length - 5) : "");
    return new LuceneIndexException(
        "no Lucene index in %s (no segments file; %s); name the folder that holds the segments_N file, or make an index with LuceneDocumentIndexer"
            .formatted(name(directory), found));
  }

  /** How messages name a directory. */
  static String name(Directory directory) {
    return directory instanceof FSDirectory files
        ? "'" + files.getDirectory() + "'"
        : directory.getClass().getSimpleName();
  }

  /**
   * Runs {@code access}.
   *
   * @param index how messages name the index
   * @throws LuceneIndexException in place of what Lucene throws
   */
  static <T> T explained(String index, Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw explain(index, e);
    } catch (UncheckedIOException e) {
      throw explain(index, Objects.requireNonNull(e.getCause()));
    } catch (AlreadyClosedException e) {
      throw new LuceneIndexException(
          "the index %s is closed (%s); keep the reader, directory or searcher manager open while questions are asked"
              .formatted(index, e.getMessage()),
          e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw explain(index, e);
    }
  }

  private static RuntimeException explain(String index, IOException e) {
    if (e instanceof IndexFormatTooOldException) {
      return new LuceneIndexException(
          "the index %s was made by a Lucene that is too old for %s (%s); merging does not help, only indexing the documents again with Lucene 9 or newer does"
              .formatted(index, Version.LATEST, reason(e)),
          e);
    }
    if (e instanceof IndexFormatTooNewException) {
      return new LuceneIndexException(
          "the index %s was written by a Lucene newer than %s (%s); use a smoothreading-lucene built on that version"
              .formatted(index, Version.LATEST, reason(e)),
          e);
    }
    if (e instanceof IndexNotFoundException || isMissing(e) || isMissing(e.getCause())) {
      return new LuceneIndexException(
          "a file of the index %s is missing (%s); check it with Lucene's CheckIndex, or copy the index again while nothing writes to it"
              .formatted(index, reason(e)),
          e);
    }
    if (e instanceof CorruptIndexException || e instanceof java.io.EOFException) {
      return new LuceneIndexException(
          "the index %s is damaged (%s); check it with Lucene's CheckIndex and restore or rebuild it"
              .formatted(index, reason(e)),
          e);
    }
    return new LuceneIndexException(
        "the index %s cannot be read: %s".formatted(index, reason(e)), e);
  }

  private static boolean isMissing(@Nullable Throwable e) {
    return e instanceof NoSuchFileException || e instanceof FileNotFoundException;
  }

  private static RuntimeException explain(String index, RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("An SPI class of type")) {
      return new LuceneIndexException(
          "the index %s was written with a codec or format that is not on the class path (%s); add the jar that brings it"
              .formatted(index, message.lines().findFirst().orElse("")),
          e);
    }
    if (message.contains("without position data")) {
      return new LuceneIndexException(
          "the query needs positions, and the index %s has none (%s); use QuestionQuery.anyTerm() or another query without phrases"
              .formatted(index, message),
          e);
    }
    return e;
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
