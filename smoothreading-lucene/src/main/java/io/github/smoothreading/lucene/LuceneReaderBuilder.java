package io.github.smoothreading.lucene;

import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;

/**
 * Builds a {@link LuceneReader}. Every setting is optional: what is not set is found out from the
 * index, and {@link LuceneReader#describe()} says what was.
 */
public final class LuceneReaderBuilder {
  private final Supplier<Searchers> searchers;
  private Optional<String> searchField = Optional.empty();
  private Optional<StoredText> text = Optional.empty();
  private Optional<String> id = Optional.empty();
  private Optional<String> idDelimiter = Optional.empty();
  private Optional<StoredNumber> order = Optional.empty();
  private Optional<StoredNumber> start = Optional.empty();
  private Optional<StoredText> title = Optional.empty();
  private Optional<Analyzer> analyzer = Optional.empty();
  private Optional<Search.Vectors> vectors = Optional.empty();
  private QuestionQuery query = QuestionQuery.anyTerm();
  private Optional<SmoothReader> reader = Optional.empty();
  private GatheringOptions gathering = GatheringOptions.DEFAULTS;
  private ReadingOptions reading = ReadingOptions.DEFAULTS;

  LuceneReaderBuilder(Supplier<Searchers> searchers) {
    this.searchers = searchers;
  }

  /** The indexed field to search; default the one with the usual name or with the most text. */
  public LuceneReaderBuilder searchField(String field) {
    searchField = Optional.of(field);
    return this;
  }

  /** The stored field to read; default the searched one. */
  public LuceneReaderBuilder textField(String field) {
    return text(StoredText.field(field));
  }

  /** Where the text to read is stored; default the searched field. */
  public LuceneReaderBuilder text(StoredText stored) {
    text = Optional.of(stored);
    return this;
  }

  /** The field with the document's id, stored or as doc values; default one with a usual name. */
  public LuceneReaderBuilder documentId(String field) {
    id = Optional.of(field);
    return this;
  }

  /**
   * What separates a document's id from the passage's own part, as in {@code doc#3}; the last one
   * counts. Default none, or {@code #} where all ids have one.
   */
  public LuceneReaderBuilder documentIdDelimiter(String delimiter) {
    if (delimiter.isEmpty()) {
      throw new IllegalArgumentException("the delimiter is empty; give at least one character");
    }
    idDelimiter = Optional.of(delimiter);
    return this;
  }

  /** Position of a passage in its document, rising by one: lets neighbours be read. */
  public LuceneReaderBuilder order(StoredNumber number) {
    order = Optional.of(number);
    return this;
  }

  /**
   * Where a passage begins in its document, in UTF-16 code units: lets passages that touch or
   * overlap be read as one text.
   */
  public LuceneReaderBuilder start(StoredNumber number) {
    start = Optional.of(number);
    return this;
  }

  /** The document's title, shown to the model before its passages; default its id. */
  public LuceneReaderBuilder title(StoredText stored) {
    title = Optional.of(stored);
    return this;
  }

  /** How the searched field was made into terms; default guessed from the index. */
  public LuceneReaderBuilder analyzer(Analyzer used) {
    analyzer = Optional.of(used);
    return this;
  }

  /** How a question becomes a query; default {@link QuestionQuery#anyTerm()}. */
  public LuceneReaderBuilder query(QuestionQuery builder) {
    query = Objects.requireNonNull(builder, "query");
    return this;
  }

  /** Searches a field of float vectors as well; both rankings are fused by reciprocal rank. */
  public LuceneReaderBuilder vectors(String field, Embedder embedder) {
    vectors = Optional.of(new Search.Vectors(field, embedder));
    return this;
  }

  /** What reads; stays open when this reader is closed. Default {@link SmoothReader#open()}. */
  public LuceneReaderBuilder reader(SmoothReader shared) {
    reader = Optional.of(shared);
    return this;
  }

  /** Which passages are read; default {@link GatheringOptions#DEFAULTS}. */
  public LuceneReaderBuilder gathering(GatheringOptions options) {
    gathering = Objects.requireNonNull(options, "gathering");
    return this;
  }

  /** How they are read; default {@link ReadingOptions#DEFAULTS}. */
  public LuceneReaderBuilder reading(ReadingOptions options) {
    reading = Objects.requireNonNull(options, "reading");
    return this;
  }

  /**
   * Opens the index for reading and settles how it is used.
   *
   * @throws LuceneIndexException if there is no index, it cannot be read, or it lacks what is
   *     needed; the message says what was found and what to do
   * @throws io.github.smoothreading.backend.BackendException if no reader is given and the default
   *     one cannot be opened
   */
  public LuceneReader build() {
    Settings settings =
        new Settings(searchField, text, id, idDelimiter, order, start, title, analyzer, vectors);
    return LuceneReader.open(
        searchers, settings, new Search(query, vectors), reader, gathering, reading);
  }
}
