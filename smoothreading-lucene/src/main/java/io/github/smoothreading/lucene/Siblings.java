package io.github.smoothreading.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/** Loads the passages of a document that lie around its hits. */
final class Siblings {
  /** Most entries of one document that are looked at where they cannot be asked for by position. */
  private static final int MOST = 4096;

  private final IndexSearcher searcher;
  private final IndexShape shape;
  private final EntryLoader loader;
  private final FieldInfos fields;

  Siblings(IndexSearcher searcher, IndexShape shape, EntryLoader loader) {
    this.searcher = searcher;
    this.shape = shape;
    this.loader = loader;
    this.fields = FieldInfos.getMergedFieldInfos(searcher.getIndexReader());
  }

  /** The lane of a document: its hits, and up to {@code neighbours} entries around each. */
  Lane lane(String document, List<Entry> hits, int neighbours, int passageChars)
      throws IOException {
    boolean ordered = shape.order().isPresent() || shape.start().isPresent();
    FieldInfo id = fields.fieldInfo(shape.idField());
    boolean found = id != null && id.getIndexOptions() != IndexOptions.NONE;
    if (neighbours == 0 || !ordered || !found) {
      return new Lane(hits, false, passageChars);
    }
    Map<Integer, Entry> known = new HashMap<>();
    hits.forEach(hit -> known.put(hit.luceneDoc(), hit));
    Query around = around(hits, neighbours);
    BooleanQuery.Builder query = new BooleanQuery.Builder().add(of(document), Occur.FILTER);
    if (around != null) {
      query.add(around, Occur.FILTER);
    }
    ScoreDoc[] docs = searcher.search(new ConstantScoreQuery(query.build()), MOST).scoreDocs;
    for (ScoreDoc doc : docs) {
      if (!known.containsKey(doc.doc)) {
        known.put(doc.doc, loader.load(doc.doc));
      }
    }
    boolean whole = around == null && docs.length < MOST;
    return new Lane(new ArrayList<>(known.values()), whole, passageChars);
  }

  private Query of(String document) {
    return shape
        .idDelimiter()
        .<Query>map(delimiter -> new PrefixQuery(new Term(shape.idField(), document + delimiter)))
        .orElseGet(() -> new TermQuery(new Term(shape.idField(), document)));
  }

  /** The positions around the hits, or null where the index cannot be asked for positions. */
  private @Nullable Query around(List<Entry> hits, int neighbours) {
    if (shape.order().isEmpty()
        || !(shape.order().get() instanceof StoredTexts.NumberField order)
        || hits.stream().anyMatch(hit -> hit.order().isEmpty())) {
      return null;
    }
    BooleanQuery.Builder ranges = new BooleanQuery.Builder();
    // Hits of one document are few: no more than were searched for, and those under 1,024 clauses.
    for (Entry hit : hits.subList(0, Math.min(hits.size(), 1000))) {
      long at = hit.order().getAsLong();
      Query range = range(order.field(), at - neighbours, at + neighbours);
      if (range == null) {
        return null;
      }
      ranges.add(range, Occur.SHOULD);
    }
    return ranges.build();
  }

  private @Nullable Query range(String field, long from, long to) {
    FieldInfo info = fields.fieldInfo(field);
    if (info == null) {
      return null;
    }
    if (info.getDocValuesType() == DocValuesType.NUMERIC) {
      return NumericDocValuesField.newSlowRangeQuery(field, from, to);
    }
    if (info.getDocValuesType() == DocValuesType.SORTED_NUMERIC) {
      return SortedNumericDocValuesField.newSlowRangeQuery(field, from, to);
    }
    if (info.getPointDimensionCount() == 1 && info.getPointNumBytes() == Long.BYTES) {
      return LongPoint.newRangeQuery(field, from, to);
    }
    if (info.getPointDimensionCount() == 1 && info.getPointNumBytes() == Integer.BYTES) {
      return IntPoint.newRangeQuery(
          field,
          Math.clamp(from, Integer.MIN_VALUE, Integer.MAX_VALUE),
          Math.clamp(to, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    return null;
  }
}
