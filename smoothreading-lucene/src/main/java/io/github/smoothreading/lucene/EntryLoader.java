package io.github.smoothreading.lucene;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;

/** Copies entries out of the index. Lives no longer than the searcher is held; for one thread. */
final class EntryLoader {
  private final IndexSearcher searcher;
  private final StoredFields stored;
  private final IndexShape shape;

  EntryLoader(IndexSearcher searcher, IndexShape shape) throws IOException {
    this.searcher = searcher;
    this.stored = searcher.storedFields();
    this.shape = shape;
  }

  Entry load(int luceneDoc) throws IOException {
    Document document = stored.document(luceneDoc, shape.storedFields());
    String id =
        id(luceneDoc, document)
            .orElseThrow(
                () ->
                    new LuceneIndexException(
                        "Lucene document %d has no id in field '%s'; name the field that every document has with documentId(field)"
                            .formatted(luceneDoc, shape.idField())));
    String name = shape.document(id);
    String title =
        shape
            .title()
            .flatMap(source -> source.values(document).stream().findFirst())
            .filter(value -> !value.isBlank())
            .orElse(name);
    OptionalLong start = number(shape.start(), luceneDoc, document);
    OptionalLong order = number(shape.order(), luceneDoc, document);
    return new Entry(luceneDoc, id, name, title, order, start, shape.text().values(document));
  }

  /** The document's id alone. */
  Optional<String> id(int luceneDoc) throws IOException {
    return id(luceneDoc, stored.document(luceneDoc, java.util.Set.of(shape.idField())));
  }

  private Optional<String> id(int luceneDoc, Document document) throws IOException {
    String value = document.get(shape.idField());
    if (value != null) {
      return Optional.of(value);
    }
    LeafReaderContext leaf = leaf(luceneDoc);
    FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(shape.idField());
    DocValuesType type = info == null ? DocValuesType.NONE : info.getDocValuesType();
    int doc = luceneDoc - leaf.docBase;
    if (type == DocValuesType.SORTED) {
      SortedDocValues values = DocValues.getSorted(leaf.reader(), shape.idField());
      return values.advanceExact(doc)
          ? Optional.of(values.lookupOrd(values.ordValue()).utf8ToString())
          : Optional.empty();
    }
    if (type == DocValuesType.BINARY) {
      BinaryDocValues values = DocValues.getBinary(leaf.reader(), shape.idField());
      return values.advanceExact(doc)
          ? Optional.of(values.binaryValue().utf8ToString())
          : Optional.empty();
    }
    return Optional.empty();
  }

  private OptionalLong number(Optional<StoredNumber> source, int luceneDoc, Document document)
      throws IOException {
    if (source.isEmpty()) {
      return OptionalLong.empty();
    }
    return switch (source.get()) {
      case StoredTexts.NumberField number -> number(number.field(), luceneDoc, document);
      case StoredTexts.NumberJson json -> {
        String raw = document.get(json.field());
        JsonNode node =
            raw == null ? null : StoredTexts.parse(json.field(), raw).at(json.pointer());
        yield node != null && node.isIntegralNumber()
            ? OptionalLong.of(node.longValue())
            : OptionalLong.empty();
      }
    };
  }

  private OptionalLong number(String field, int luceneDoc, Document document) throws IOException {
    IndexableField value = document.getField(field);
    if (value != null && value.numericValue() != null) {
      return OptionalLong.of(value.numericValue().longValue());
    }
    LeafReaderContext leaf = leaf(luceneDoc);
    FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
    DocValuesType type = info == null ? DocValuesType.NONE : info.getDocValuesType();
    int doc = luceneDoc - leaf.docBase;
    if (type == DocValuesType.NUMERIC) {
      NumericDocValues values = DocValues.getNumeric(leaf.reader(), field);
      return values.advanceExact(doc) ? OptionalLong.of(values.longValue()) : OptionalLong.empty();
    }
    if (type == DocValuesType.SORTED_NUMERIC) {
      SortedNumericDocValues values = DocValues.getSortedNumeric(leaf.reader(), field);
      return values.advanceExact(doc) ? OptionalLong.of(values.nextValue()) : OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  private LeafReaderContext leaf(int luceneDoc) {
    var leaves = searcher.getIndexReader().leaves();
    return leaves.get(ReaderUtil.subIndex(luceneDoc, leaves));
  }
}
