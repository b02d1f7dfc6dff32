package io.github.smoothreading.langchain4j;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.invocation.InvocationParameters;
import io.github.smoothreading.langchain4j.DocumentText.Span;
import io.github.smoothreading.summary.Clue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets an agent list documents and read one for a question, however long it is.
 *
 * <p>Results are short texts for the model: the answer, the quotations behind it with their places,
 * and what was not read. A wrong id is answered with the right ones instead of an exception.
 *
 * <pre>{@code
 * AiServices.builder(Assistant.class)
 *     .chatModel(chatModel)
 *     .tools(DocumentReadingTool.builder().reader(reader).documents(documents).build())
 *     .build()
 * }</pre>
 */
public final class DocumentReadingTool {
  private static final int MOST_LISTED = 100;

  private final DocumentReadings readings;
  private final Map<String, Document> documents;
  private final Function<String, Optional<Document>> provider;
  private final int maxResultChars;

  private DocumentReadingTool(Builder builder) {
    readings = new DocumentReadings(builder);
    documents = builder.documents;
    maxResultChars = builder.maxResultChars;
    Function<String, Optional<Document>> other = builder.provider;
    if (documents.isEmpty() && other == null) {
      throw new IllegalArgumentException(
          "there is nothing to read; give documents or a documentProvider");
    }
    provider =
        id ->
            Optional.ofNullable(documents.get(id))
                .or(() -> other == null ? Optional.empty() : other.apply(id));
  }

  /** Chooses reader and documents. */
  public static Builder builder() {
    return new Builder();
  }

  /** The ids of the documents with their lengths, one per line. */
  @Tool("Lists the documents that can be read: one id per line, with the length in characters")
  public String listDocuments() {
    if (documents.isEmpty()) {
      return "The documents are not listed; readDocument finds them by their ids.";
    }
    String listed =
        documents.entrySet().stream()
            .limit(MOST_LISTED)
            .map(
                entry ->
                    "%s (%,d characters)"
                        .formatted(entry.getKey(), entry.getValue().text().length()))
            .collect(Collectors.joining("\n"));
    int more = documents.size() - MOST_LISTED;
    return more > 0 ? listed + "\n... and %d more".formatted(more) : listed;
  }

  /**
   * Reads a document for a question.
   *
   * @param documentId one of the listed ids
   * @param question a full sentence
   * @param parameters may carry a {@link ReadingCall}; LangChain4j fills it in, the model does not
   *     see it
   */
  @Tool(
      "Reads one document, however long, for a question, and returns the answer with quotations from the document")
  public String readDocument(
      @P("id of the document, as listed by listDocuments") String documentId,
      @P("the question as a full sentence, with the names that the document uses") String question,
      @Nullable InvocationParameters parameters) {
    if (question == null || question.isBlank()) {
      return "The question is empty; say in a full sentence what to look for.";
    }
    Optional<Document> document =
        documentId == null ? Optional.empty() : provider.apply(documentId.strip());
    if (document.isEmpty()) {
      return shortened(
          "There is no document '%s'. There are:\n%s".formatted(documentId, listDocuments()));
    }
    return readings
        .read(document.get(), question, ReadingCall.of(parameters))
        .map(this::report)
        .orElse("The document was not read: it is blank, or reading was cancelled.");
  }

  private String report(DocumentReading one) {
    StringBuilder report = new StringBuilder();
    String outcome = DocumentReading.outcome(one.reading().outcome());
    report.append(
        one.reading()
            .answer()
            .map("Answer: %s"::formatted)
            .orElse(
                outcome.equals("not_found")
                    ? "The document was read to the end and does not answer the question."
                    : "Reading ended early (%s) without an answer.".formatted(outcome)));
    report.append("\nDocument: ").append(one.document().name());
    long unread = one.reading().coverage().charsTotal() - one.reading().coverage().charsRead();
    if (unread > 0) {
      report.append(
          "\nNot read: %,d of %,d characters"
              .formatted(unread, one.reading().coverage().charsTotal()));
    }
    List<Clue> verified = one.reading().clues().stream().filter(Clue::verified).toList();
    if (!verified.isEmpty()) {
      report.append("\nQuotations:");
      verified.forEach(clue -> report.append('\n').append(quotation(one, clue)));
    }
    return shortened(report.toString());
  }

  private static String quotation(DocumentReading one, Clue clue) {
    Span span = one.document().span(clue.place().orElseThrow());
    String page =
        one.document().pageNumber(clue.place().get()).map(", page %d"::formatted).orElse("");
    return "- \"%s\" (characters %d to %d%s)"
        .formatted(clue.text(), span.start(), span.end(), page);
  }

  private String shortened(String text) {
    if (text.length() <= maxResultChars) {
      return text;
    }
    int end = maxResultChars - 4;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + " ...";
  }

  /** Builds a {@link DocumentReadingTool}. */
  public static final class Builder extends ReaderSettings<Builder> {
    private Map<String, Document> documents = Map.of();
    private @Nullable Function<String, Optional<Document>> provider;
    private int maxResultChars = 2_000;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** The documents by id. */
    public Builder documents(Map<String, Document> documents) {
      this.documents = new LinkedHashMap<>(documents);
      return this;
    }

    /**
     * The documents by the id that their metadata name: {@code document_id}, file name or URL.
     *
     * @throws IllegalArgumentException if a document has none of these, or two have the same
     */
    public Builder documents(List<Document> documents) {
      Map<String, Document> byId = new LinkedHashMap<>();
      for (Document document : documents) {
        String name = DocumentIds.name(document.metadata());
        if (byId.put(name, document) != null) {
          throw new IllegalArgumentException(
              "two documents are named '%s'; give them as a map, each under an id of its own"
                  .formatted(name));
        }
      }
      this.documents = byId;
      return this;
    }

    /** Finds documents that are not listed; default none. */
    public Builder documentProvider(Function<String, Optional<Document>> provider) {
      this.provider = Objects.requireNonNull(provider, "provider");
      return this;
    }

    /** Longest result, in characters; default 2,000. */
    public Builder maxResultChars(int maxResultChars) {
      this.maxResultChars = Checks.atLeast(200, maxResultChars, "maxResultChars");
      return this;
    }

    /**
     * The tool.
     *
     * @throws IllegalArgumentException if the reader or the documents are missing
     */
    public DocumentReadingTool build() {
      return new DocumentReadingTool(this);
    }
  }
}
