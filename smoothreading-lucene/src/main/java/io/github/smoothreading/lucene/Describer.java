package io.github.smoothreading.lucene;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexOptions;

/** Writes down what was found out about an index. */
final class Describer {
  private final IndexSample sample;
  private final IndexShape shape;
  private final Settings settings;
  private final GatheringOptions options;

  Describer(IndexSample sample, IndexShape shape, Settings settings, GatheringOptions options) {
    this.sample = sample;
    this.shape = shape;
    this.settings = settings;
    this.options = options;
  }

  IndexDescription describe(String name, String analyzerReason, List<String> warnings) {
    Map<String, IndexSample.Stored> stored = sample.stored();
    List<IndexDescription.Field> fields = new ArrayList<>();
    for (FieldInfo info : sample.fields) {
      IndexSample.Stored one = stored.getOrDefault(info.name, new IndexSample.Stored(0, 0));
      fields.add(
          new IndexDescription.Field(
              info.name, postings(info), others(info), one.share(), one.chars()));
    }
    fields.sort(Comparator.comparing(IndexDescription.Field::name));
    return new IndexDescription(
        name,
        sample.createdBy(),
        sample.reader.numDocs(),
        sample.reader.numDeletedDocs(),
        sample.reader.leaves().size(),
        fields,
        uses(analyzerReason),
        warnings);
  }

  private List<IndexDescription.Use> uses(String analyzerReason) {
    List<IndexDescription.Use> uses = new ArrayList<>();
    uses.add(use("search", "field '%s', BM25".formatted(shape.searchField())));
    settings
        .vectors()
        .ifPresent(
            vectors ->
                uses.add(
                    use(
                        "vectors",
                        "field '%s', fused by reciprocal rank".formatted(vectors.field()))));
    uses.add(
        use(
            "analyzer",
            "%s (%s)".formatted(shape.analyzer().getClass().getSimpleName(), analyzerReason)));
    uses.add(
        use(
            "text",
            "'%s', there in %.0f %% of %d sampled documents"
                .formatted(
                    shape.text().name(),
                    100 * sample.share(shape.text()),
                    sample.documents.size())));
    uses.add(
        use(
            "document",
            "field '%s'%s"
                .formatted(
                    shape.idField(),
                    shape.idDelimiter().map(d -> ", up to the last '" + d + "'").orElse(""))));
    uses.add(use("title", shape.title().map(StoredText::name).orElse("the document's id")));
    uses.add(use("order", shape.order().map(Describer::name).orElse("unknown")));
    uses.add(use("start", shape.start().map(Describer::name).orElse("unknown")));
    uses.add(
        use(
            "reading",
            "%d hits of %d documents, up to %d neighbours each, %,d tokens, %s"
                .formatted(
                    options.hits(),
                    options.documents(),
                    options.neighbours(),
                    options.budget(),
                    options.strategy().name().toLowerCase(Locale.ROOT).replace('_', ' '))));
    return uses;
  }

  private static IndexDescription.Use use(String role, String by) {
    return new IndexDescription.Use(role, by);
  }

  private static String name(StoredNumber number) {
    return switch (number) {
      case StoredTexts.NumberField field -> field.field();
      case StoredTexts.NumberJson json -> json.field() + "#" + json.pointer();
    };
  }

  private static String postings(FieldInfo info) {
    if (info.getIndexOptions() == IndexOptions.NONE) {
      return "";
    }
    return switch (info.getIndexOptions()) {
      case DOCS -> "documents only";
      case DOCS_AND_FREQS -> "frequencies, no positions";
      case DOCS_AND_FREQS_AND_POSITIONS -> "positions";
      default -> "positions and offsets";
    };
  }

  private static String others(FieldInfo info) {
    return Stream.of(
            info.getDocValuesType() == DocValuesType.NONE
                ? ""
                : "doc values " + info.getDocValuesType(),
            info.getPointDimensionCount() == 0 ? "" : "points",
            info.getVectorDimension() == 0
                ? ""
                : "vectors of %d".formatted(info.getVectorDimension()))
        .filter(one -> !one.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
