package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentTransformer;
import dev.langchain4j.data.document.Metadata;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads each document for a question at ingestion, and passes on what was found: the document
 * processor.
 *
 * <p>Either the found passages become the document's text, or the answer and its provenance become
 * metadata of the unchanged document. The keys are in {@link SmoothReadingMetadata}.
 *
 * <pre>{@code
 * EmbeddingStoreIngestor.builder()
 *     .documentTransformer(
 *         SmoothReadingDocumentTransformer.builder()
 *             .reader(reader)
 *             .question("Which parties sign this contract, and when does it end?")
 *             .dropIfNotFound(true)
 *             .build())
 * }</pre>
 *
 * <p>A blank document is dropped. A document whose reading was cut short by a limit keeps its text
 * unless verified clues were found, and says so in {@link SmoothReadingMetadata#OUTCOME}. A failing
 * reading is a {@link dev.langchain4j.exception.LangChain4jException}.
 */
public final class SmoothReadingDocumentTransformer implements DocumentTransformer {
  /** What becomes of a document that was read. */
  public enum Output {
    /**
     * The text is replaced by the verified clues with the sentences around them, in document order;
     * without any, by the answer. The metadata tell where the passages stood. Without either the
     * text stays.
     */
    REPLACE_TEXT,
    /** The text stays, and the metadata tell the answer and where it stands. */
    ADD_METADATA
  }

  private final DocumentReadings readings;
  private final Function<Document, String> question;
  private final Output output;
  private final boolean dropIfNotFound;

  private SmoothReadingDocumentTransformer(Builder builder) {
    readings = new DocumentReadings(builder);
    question =
        Checks.given(
            builder.question, "question", "give what to look for, or questionFrom a document");
    output = builder.output;
    dropIfNotFound = builder.dropIfNotFound;
  }

  /** Chooses reader, question and output. */
  public static Builder builder() {
    return new Builder();
  }

  /** The document as read, or null if it is to be dropped, as LangChain4j has it. */
  @Override
  public @Nullable Document transform(Document document) {
    return transformAll(List.of(document)).stream().findFirst().orElse(null);
  }

  @Override
  public List<Document> transformAll(List<Document> documents) {
    return transformAll(documents, ReadingCall.create());
  }

  /**
   * The same with progress, deadline and cancel of {@code call}; documents left unread stay as they
   * are.
   */
  public List<Document> transformAll(List<Document> documents, ReadingCall call) {
    Map<String, List<Document>> byQuestion = new LinkedHashMap<>();
    for (Document document : documents) {
      if (DocumentText.of(document).isPresent()) {
        String asked = Objects.requireNonNull(question.apply(document), "questionFrom gave null");
        byQuestion.computeIfAbsent(asked, none -> new ArrayList<>()).add(document);
      }
    }
    Map<Document, DocumentReading> read = new IdentityHashMap<>();
    byQuestion.forEach(
        (asked, same) ->
            readings
                .readAll(same, asked, call)
                .forEach(one -> read.put(one.document().document(), one)));
    List<Document> transformed = new ArrayList<>();
    for (Document document : documents) {
      if (DocumentText.of(document).isPresent()) {
        DocumentReading reading = read.get(document);
        transformed(document, Optional.ofNullable(reading), call).ifPresent(transformed::add);
      }
    }
    return transformed;
  }

  private Optional<Document> transformed(
      Document document, Optional<DocumentReading> reading, ReadingCall call) {
    if (reading.isEmpty()) {
      Metadata metadata = document.metadata().copy();
      metadata.put(
          SmoothReadingMetadata.OUTCOME,
          call.timeLeft().isEmpty() || call.isCancelled() ? "cancelled" : "deadline");
      return Optional.of(Document.from(document.text(), metadata));
    }
    DocumentReading read = reading.get();
    Metadata metadata = read.metadata();
    boolean notFound = "not_found".equals(metadata.getString(SmoothReadingMetadata.OUTCOME));
    if (notFound && dropIfNotFound) {
      return Optional.empty();
    }
    String text =
        output == Output.REPLACE_TEXT && !notFound
            ? read.text().orElse(document.text())
            : document.text();
    return Optional.of(Document.from(text, metadata));
  }

  /** Builds a {@link SmoothReadingDocumentTransformer}. */
  public static final class Builder extends PassageSettings<Builder> {
    private @Nullable Function<Document, String> question;
    private Output output = Output.REPLACE_TEXT;
    private boolean dropIfNotFound;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** The question that every document is read for; this or {@link #questionFrom} is required. */
    public Builder question(String question) {
      Checks.notBlank(question, "question");
      return questionFrom(document -> question);
    }

    /** Makes the question from the document, say from its title or kind in the metadata. */
    public Builder questionFrom(Function<Document, String> question) {
      this.question = Objects.requireNonNull(question, "question");
      return this;
    }

    /** What becomes of a document that was read; default {@link Output#REPLACE_TEXT}. */
    public Builder output(Output output) {
      this.output = Objects.requireNonNull(output, "output");
      return this;
    }

    /**
     * Whether to drop documents that were read to the end and do not answer the question; default
     * false.
     */
    public Builder dropIfNotFound(boolean dropIfNotFound) {
      this.dropIfNotFound = dropIfNotFound;
      return this;
    }

    /**
     * The transformer.
     *
     * @throws IllegalArgumentException if reader or question are missing
     */
    public SmoothReadingDocumentTransformer build() {
      return new SmoothReadingDocumentTransformer(this);
    }
  }
}
