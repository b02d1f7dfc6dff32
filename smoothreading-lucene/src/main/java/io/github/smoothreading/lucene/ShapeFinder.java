package io.github.smoothreading.lucene;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.FieldInfo;

/**
 * Settles how an index is used.
 *
 * <p>Three shapes are known: {@link LuceneDocumentIndexer}'s, recognised by what it leaves in the
 * commit; Anserini's (fields {@code id} and {@code raw}, the latter often JSON); and any other,
 * where the longest indexed field is searched and the usual names are tried. Settings go first, and
 * whatever cannot be found out is an error that names what there is.
 */
final class ShapeFinder {
  private static final List<String> TEXTS =
      List.of("text", "contents", "content", "body", "passage");
  private static final List<String> IDS =
      List.of("id", "docid", "doc_id", "_id", "uid", "path", "url", "uri", "file", "filename");
  private static final List<String> TITLES = List.of("title", "headline", "subject");
  private static final List<String> JSON_TEXTS =
      List.of("/segment", "/contents", "/text", "/body", "/passage", "/content");

  private final IndexSample sample;
  private final Settings settings;
  private final Map<String, IndexSample.Stored> stored;
  private final List<String> warnings = new ArrayList<>();
  private String analyzerReason = "as set";

  ShapeFinder(IndexSample sample, Settings settings) {
    this.sample = sample;
    this.settings = settings;
    this.stored = sample.stored();
  }

  /** What is allowed but unwise. */
  List<String> warnings() {
    return warnings;
  }

  /** Why the analyzer was chosen. */
  String analyzerReason() {
    return analyzerReason;
  }

  IndexShape find() throws IOException {
    boolean own = IndexFormat.isOwn(sample.userData());
    boolean empty = sample.reader.numDocs() == 0;
    if (empty && !own) {
      throw new LuceneIndexException(
          "the index holds no documents, so there is nothing to find out how to read it by; open it when it has some");
    }
    String searched = settings.searchField().orElseGet(() -> own ? IndexFormat.TEXT : searched());
    if (!empty && !sample.indexed(searched)) {
      throw new LuceneIndexException(
          "field '%s' is not indexed, so it cannot be searched; indexed fields: %s; name one with searchField(field)"
              .formatted(searched, indexedFields()));
    }
    StoredText text =
        settings.text().orElseGet(() -> own ? StoredText.field(IndexFormat.TEXT) : text(searched));
    if (!empty && sample.share(text) == 0) {
      throw new LuceneIndexException(
          "no text is stored in '%s' (%d documents looked at); stored fields: %s; name the text to read with text(StoredText...)"
              .formatted(text.name(), sample.documents.size(), storedFields()));
    }
    String id = settings.id().orElseGet(() -> own ? IndexFormat.DOCUMENT : id());
    if (!empty && sample.fields.fieldInfo(id) == null) {
      throw new LuceneIndexException(
          "there is no field '%s' for the document's id; fields: %s; name it with documentId(field)"
              .formatted(id, allFields()));
    }
    Optional<String> json =
        text instanceof StoredTexts.Json one ? Optional.of(one.field()) : Optional.empty();
    IndexShape shape =
        new IndexShape(
            searched,
            text,
            id,
            settings.idDelimiter().or(() -> delimiter(id)),
            settings
                .order()
                .or(
                    () ->
                        own
                            ? Optional.of(StoredNumber.field(IndexFormat.ORDER))
                            : Optional.empty()),
            settings
                .start()
                .or(
                    () ->
                        own ? Optional.of(StoredNumber.field(IndexFormat.START)) : jsonStart(json)),
            settings
                .title()
                .or(() -> own ? Optional.of(StoredText.field(IndexFormat.TITLE)) : title(json)),
            settings.analyzer().orElseGet(() -> analyzer(searched, text, own)));
    if (!empty) {
      check(shape);
    }
    return shape;
  }

  private String searched() {
    return TEXTS.stream()
        .filter(sample::indexed)
        .findFirst()
        .or(sample::longestIndexed)
        .orElseThrow(
            () ->
                new LuceneIndexException(
                    "no field of the index holds searchable text; indexed fields: %s; name the one to search with searchField(field)"
                        .formatted(indexedFields())));
  }

  private StoredText text(String searched) {
    if (stored.containsKey(searched)) {
      return StoredText.field(searched);
    }
    if (stored.containsKey("raw")) {
      return raw();
    }
    String longest =
        stored.entrySet().stream()
            .filter(field -> field.getValue().chars() > 0)
            .max(Comparator.comparingLong(field -> field.getValue().chars()))
            .map(Map.Entry::getKey)
            .orElseThrow(
                () ->
                    new LuceneIndexException(
                        "the index stores no text: field '%s' is only indexed, and stored fields are: %s; index the documents again with the text stored, or give it with text(StoredText.function(...))"
                            .formatted(searched, storedFields())));
    warnings.add(
        "field '%s' is not stored; the text is taken from '%s', the longest stored field; name another with text(StoredText...)"
            .formatted(searched, longest));
    return StoredText.field(longest);
  }

  private StoredText raw() {
    Optional<JsonNode> json = json("raw");
    return json.flatMap(
            node -> JSON_TEXTS.stream().filter(pointer -> node.at(pointer).isTextual()).findFirst())
        .map(pointer -> StoredText.json("raw", pointer))
        .orElseGet(() -> StoredText.field("raw"));
  }

  private Optional<JsonNode> json(String field) {
    return sample.documents.stream()
        .map(document -> document.get(field))
        .filter(value -> value != null && value.stripLeading().startsWith("{"))
        .findFirst()
        .flatMap(
            value -> {
              try {
                return Optional.of(StoredTexts.parse(field, value));
              } catch (LuceneIndexException e) {
                return Optional.empty();
              }
            });
  }

  private Optional<StoredNumber> jsonStart(Optional<String> field) {
    return field
        .filter(
            name -> json(name).map(node -> node.at("/start_char").isIntegralNumber()).orElse(false))
        .map(name -> new StoredTexts.NumberJson(name, JsonPointer.compile("/start_char")));
  }

  private Optional<StoredText> title(Optional<String> json) {
    Optional<StoredText> inField =
        TITLES.stream().filter(stored::containsKey).findFirst().map(StoredText::field);
    return inField.or(
        () ->
            json.filter(name -> json(name).map(node -> node.at("/title").isTextual()).orElse(false))
                .map(name -> StoredText.json(name, "/title")));
  }

  private String id() {
    return IDS.stream()
        .filter(name -> stored.containsKey(name) || hasValues(name))
        .findFirst()
        .orElseThrow(
            () ->
                new LuceneIndexException(
                    "no field looks like a document's id (tried %s); fields: %s; name it with documentId(field)"
                        .formatted(String.join(", ", IDS), allFields())));
  }

  private boolean hasValues(String field) {
    FieldInfo info = sample.fields.fieldInfo(field);
    return info != null
        && switch (info.getDocValuesType()) {
          case SORTED, BINARY -> true;
          default -> false;
        };
  }

  /** Anserini's segments: {@code document#segment}. */
  private Optional<String> delimiter(String id) {
    List<String> ids =
        sample.documents.stream().map(document -> document.get(id)).filter(v -> v != null).toList();
    boolean all = !ids.isEmpty() && ids.stream().allMatch(value -> value.indexOf('#') > 0);
    return all ? Optional.of("#") : Optional.empty();
  }

  private Analyzer analyzer(String searched, StoredText text, boolean own) {
    return Indexes.explained(
        "given",
        () -> {
          Optional<Analyzer> named =
              own ? AnalyzerGuess.named(IndexFormat.analyzer(sample.userData())) : Optional.empty();
          if (named.isPresent()) {
            analyzerReason = "as the index says";
            return named.get();
          }
          if (own) {
            throw new LuceneIndexException(
                "the index was made with the analyzer %s, which only you have; give it with analyzer(...)"
                    .formatted(IndexFormat.analyzer(sample.userData())));
          }
          AnalyzerGuess guess = AnalyzerGuess.of(sample.reader, searched, sample.texts(text));
          analyzerReason =
              "guessed: %.0f %% of a sample's terms are in the index"
                  .formatted(100 * guess.share());
          if (guess.share() < 0.9) {
            warnings.add(
                "no known analyzer fits field '%s' (the best turns %.0f %% of a sample's words into terms of the index); give the one it was indexed with: analyzer(...)"
                    .formatted(searched, 100 * guess.share()));
          }
          return guess.analyzer();
        });
  }

  private void check(IndexShape shape) {
    shape.order().ifPresent(number -> requireNumber("order", number));
    shape.start().ifPresent(number -> requireNumber("start", number));
    settings.vectors().ifPresent(vectors -> requireVectors(vectors.field()));
    double share = sample.share(shape.text());
    if (share < 0.5 && !IndexFormat.isOwn(Indexes.explained("given", sample::userData))) {
      warnings.add(
          "only %.0f %% of the documents have a text in '%s'; hits without one cannot be read"
              .formatted(100 * share, shape.text().name()));
    }
    if (shape.order().isEmpty() && shape.start().isEmpty()) {
      warnings.add(
          "no order of passages is known: neighbours are read within a stored text only; if documents are split into passages, name the field with order(...)");
    }
  }

  private void requireNumber(String role, StoredNumber number) {
    if (sample.fields.fieldInfo(number.field()) == null) {
      throw new LuceneIndexException(
          "there is no field '%s' for %s; fields: %s".formatted(number.field(), role, allFields()));
    }
  }

  private void requireVectors(String field) {
    FieldInfo info = sample.fields.fieldInfo(field);
    if (info == null || info.getVectorDimension() == 0) {
      List<String> vectors = new ArrayList<>();
      for (FieldInfo one : sample.fields) {
        if (one.getVectorDimension() > 0) {
          vectors.add(one.name);
        }
      }
      throw new LuceneIndexException(
          "field '%s' holds no vectors; vector fields: %s"
              .formatted(field, vectors.isEmpty() ? "none" : String.join(", ", vectors)));
    }
  }

  private String indexedFields() {
    TreeSet<String> names = new TreeSet<>();
    for (FieldInfo info : sample.fields) {
      if (sample.indexed(info.name)) {
        names.add(info.name);
      }
    }
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private String storedFields() {
    return stored.isEmpty() ? "none" : String.join(", ", new TreeMap<>(stored).keySet());
  }

  private String allFields() {
    TreeSet<String> names = new TreeSet<>();
    for (FieldInfo info : sample.fields) {
      names.add(info.name);
    }
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
