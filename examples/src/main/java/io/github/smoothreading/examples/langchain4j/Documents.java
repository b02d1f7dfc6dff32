package io.github.smoothreading.examples.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.loader.ClassPathDocumentLoader;
import dev.langchain4j.data.document.loader.FileSystemDocumentLoader;
import dev.langchain4j.data.document.parser.TextDocumentParser;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The documents that the examples read: a folder of the user's, or the four that come with them.
 */
final class Documents {
  private static final String OWN = "io/github/smoothreading/examples/langchain4j/documents";

  private Documents() {}

  /** The text files in the folder that the argument at {@code index} names, by name. */
  static List<Document> from(String[] args, int index) {
    List<Document> documents =
        args.length > index
            ? FileSystemDocumentLoader.loadDocuments(Path.of(args[index]), new TextDocumentParser())
            : own();
    return documents.stream()
        .sorted(Comparator.comparing(document -> document.metadata().getString(Document.FILE_NAME)))
        .toList();
  }

  static List<Document> own() {
    return ClassPathDocumentLoader.loadDocuments(OWN, new TextDocumentParser());
  }

  /** The argument at {@code index}, else {@code other}. */
  static String argument(String[] args, int index, String other) {
    return args.length > index ? args[index] : other;
  }
}
