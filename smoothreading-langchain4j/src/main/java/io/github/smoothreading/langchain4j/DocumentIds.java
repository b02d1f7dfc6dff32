package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import java.util.Objects;
import java.util.Optional;

/** What tells documents apart: their metadata, as LangChain4j's loaders write them. */
final class DocumentIds {
  /** Written by users who give their documents ids. */
  private static final String DOCUMENT_ID = "document_id";

  private DocumentIds() {}

  /** The id of a document, the same for each of its segments; empty if the metadata name none. */
  static Optional<String> id(Metadata metadata) {
    Optional<String> file =
        text(metadata, Document.FILE_NAME)
            .map(
                name ->
                    text(metadata, Document.ABSOLUTE_DIRECTORY_PATH)
                            .map(folder -> folder + "/")
                            .orElse("")
                        + name);
    return text(metadata, DOCUMENT_ID).or(() -> file).or(() -> text(metadata, Document.URL));
  }

  /** What users see of a document. */
  static String name(Metadata metadata) {
    return text(metadata, Document.FILE_NAME)
        .or(() -> text(metadata, Document.URL))
        .or(() -> text(metadata, DOCUMENT_ID))
        .orElse("document");
  }

  private static Optional<String> text(Metadata metadata, String key) {
    return Optional.ofNullable(metadata.toMap().get(key))
        .map(Objects::toString)
        .filter(value -> !value.isBlank());
  }
}
