package io.github.smoothreading.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.Bits;

/** A look at an index: its fields, and the stored fields of some documents all over it. */
final class IndexSample {
  private static final int DOCUMENTS = 50;

  final IndexReader reader;
  final FieldInfos fields;
  final List<Document> documents;

  /**
   * A stored field in the sample.
   *
   * @param share of the documents that have it, 0 to 1
   * @param chars mean length of its strings; 0 for numbers and bytes
   */
  record Stored(double share, long chars) {}

  IndexSample(IndexReader reader) throws IOException {
    this.reader = reader;
    this.fields = FieldInfos.getMergedFieldInfos(reader);
    this.documents = sample(reader);
  }

  private static List<Document> sample(IndexReader reader) throws IOException {
    List<Document> documents = new ArrayList<>();
    StoredFields stored = reader.storedFields();
    Bits live = MultiBits.getLiveDocs(reader);
    int step = Math.max(1, reader.maxDoc() / DOCUMENTS);
    for (int doc = 0; doc < reader.maxDoc() && documents.size() < DOCUMENTS; doc += step) {
      if (live == null || live.get(doc)) {
        documents.add(stored.document(doc));
      }
    }
    return documents;
  }

  /** The sample's stored fields by name. */
  Map<String, Stored> stored() {
    Map<String, long[]> sums = new TreeMap<>();
    for (Document document : documents) {
      document.getFields().stream()
          .map(IndexableField::name)
          .distinct()
          .forEach(name -> sums.computeIfAbsent(name, n -> new long[3])[0]++);
      for (IndexableField field : document.getFields()) {
        String value = field.numericValue() == null ? field.stringValue() : null;
        if (value != null) {
          long[] sum = sums.computeIfAbsent(field.name(), n -> new long[3]);
          sum[1]++;
          sum[2] += value.length();
        }
      }
    }
    Map<String, Stored> stored = new TreeMap<>();
    sums.forEach(
        (name, sum) ->
            stored.put(
                name,
                new Stored((double) sum[0] / documents.size(), sum[1] == 0 ? 0 : sum[2] / sum[1])));
    return stored;
  }

  /** Texts of the sample that {@code source} gives. */
  List<String> texts(StoredText source) {
    return documents.stream().flatMap(document -> source.values(document).stream()).toList();
  }

  /** Share of the sample's documents in which {@code source} gives a text, 0 to 1. */
  double share(StoredText source) {
    long with =
        documents.stream()
            .filter(document -> source.values(document).stream().anyMatch(text -> !text.isBlank()))
            .count();
    return documents.isEmpty() ? 0 : (double) with / documents.size();
  }

  boolean indexed(String field) {
    FieldInfo info = fields.fieldInfo(field);
    return info != null && info.getIndexOptions() != IndexOptions.NONE;
  }

  /** The indexed field with most terms, counted with repetitions. */
  Optional<String> longestIndexed() {
    Map<String, Long> lengths = new TreeMap<>();
    for (FieldInfo info : fields) {
      // Without norms it is a field of whole values, such as an id.
      if (info.getIndexOptions() != IndexOptions.NONE && info.hasNorms()) {
        lengths.put(info.name, length(info.name));
      }
    }
    return lengths.entrySet().stream()
        .max(Comparator.comparingLong(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }

  private long length(String field) {
    return Indexes.explained(
        "given", () -> Math.max(reader.getSumTotalTermFreq(field), reader.getSumDocFreq(field)));
  }

  /** What the writer of the newest commit left there. */
  Map<String, String> userData() throws IOException {
    return reader instanceof DirectoryReader directory
        ? directory.getIndexCommit().getUserData()
        : Map.of();
  }

  /** The Lucene that made the index. */
  String createdBy() {
    return reader.leaves().stream()
        .findFirst()
        .map(
            leaf -> {
              var meta = leaf.reader().getMetaData();
              String oldest = meta.minVersion() == null ? "" : ", segments by " + meta.minVersion();
              return "Lucene " + meta.createdVersionMajor() + oldest;
            })
        .orElse("an unknown Lucene (it has no segments)");
  }
}
