package io.github.smoothreading.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smoothreading.summary.Clue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;

/** Looks citations up in the index with Lucene alone. */
final class StoredValues {
  private StoredValues() {}

  /**
   * Every verified clue has citations, each range of a stored value is its quotation, and joined
   * they are the clue.
   */
  static void assertCited(
      LuceneAnswer answer, Directory directory, String idField, String orderField)
      throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (int clue = 0; clue < answer.clues().size(); clue++) {
        int index = clue;
        List<Citation> citations =
            answer.citations().stream().filter(one -> one.clue() == index).toList();
        Clue noted = answer.clues().get(clue);
        String joined = citations.stream().map(Citation::quotation).collect(Collectors.joining());
        assertThat(joined).isEqualTo(noted.verified() ? noted.text() : "");
        for (Citation citation : citations) {
          assertThat(value(reader, citation, idField, orderField))
              .hasSizeGreaterThanOrEqualTo(citation.end());
          assertThat(
                  value(reader, citation, idField, orderField)
                      .substring(citation.start(), citation.end()))
              .isEqualTo(citation.quotation());
          assertThat(citation.snippet().quotation()).isEqualTo(citation.quotation());
        }
      }
    }
  }

  private static String value(
      DirectoryReader reader, Citation citation, String idField, String orderField)
      throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    List<String> found = new ArrayList<>();
    TermQuery byId = new TermQuery(new Term(idField, citation.entry()));
    for (ScoreDoc doc : searcher.search(byId, 10_000).scoreDocs) {
      Document document = reader.storedFields().document(doc.doc);
      if (citation.order().isPresent()) {
        NumericDocValues orders = MultiDocValues.getNumericValues(reader, orderField);
        if (!orders.advanceExact(doc.doc) || orders.longValue() != citation.order().getAsLong()) {
          continue;
        }
      }
      String field = citation.field();
      int json = field.indexOf('#');
      if (json < 0) {
        String[] values = document.getValues(field);
        if (values.length > citation.valueIndex()) {
          found.add(values[citation.valueIndex()]);
        }
      } else {
        found.add(
            new ObjectMapper()
                .readTree(document.get(field.substring(0, json)))
                .at(field.substring(json + 1))
                .textValue());
      }
    }
    assertThat(found).as("stored values of " + citation).hasSize(1);
    return found.get(0);
  }
}
