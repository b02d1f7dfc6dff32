package io.github.smoothreading.examples.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.langchain4j.SmoothReadingContentRetriever;
import io.github.smoothreading.langchain4j.SmoothReadingMetadata;
import java.io.PrintStream;
import java.util.List;

/**
 * Asks a folder of documents without embeddings: each document is read for the question.
 *
 * <p>The retriever goes into {@code AiServices} as any other; here its contents are printed.
 */
public final class AskFolder {
  private AskFolder() {}

  /** Takes a question and a folder, or neither. */
  public static void main(String[] args) {
    String question = Documents.argument(args, 0, "Who repaired the pump?");
    try (SmoothReader reader = SmoothReader.open()) {
      ask(reader, Documents.from(args, 1), question, System.out);
    }
  }

  static void ask(SmoothReader reader, List<Document> documents, String question, PrintStream out) {
    // tag::folder[]
    ContentRetriever retriever = SmoothReadingContentRetriever.from(reader, documents);
    List<Content> contents = retriever.retrieve(Query.from(question));
    // end::folder[]
    out.printf(
        "%s%n%d of %d documents have something%n", question, contents.size(), documents.size());
    for (Content content : contents) {
      // tag::sources[]
      Metadata metadata = content.textSegment().metadata();
      String file = metadata.getString(Document.FILE_NAME);
      String answer = metadata.getString(SmoothReadingMetadata.ANSWER); // null without an answer
      String places = metadata.getString(SmoothReadingMetadata.CLUES); // "120-184,300-351"
      Double read = metadata.getDouble(SmoothReadingMetadata.COVERAGE);
      // end::sources[]
      out.printf("%n%s: %s%n", file, answer);
      out.printf(
          "  %s (characters %s; %.0f %% read)%n",
          content.textSegment().text(), places, read == null ? 0 : 100 * read);
    }
  }
}
