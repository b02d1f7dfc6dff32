package io.github.smoothreading.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Turns a question into the query that finds its passages.
 *
 * <p>Called on the thread that asks, from several threads at once.
 */
@FunctionalInterface
public interface QuestionQuery {
  /**
   * The query.
   *
   * @param question as asked; untrusted text, so never something for a query parser
   * @param field the indexed field to search
   * @param analyzer how the field's text was made into terms
   */
  Query build(String question, String field, Analyzer analyzer);

  /**
   * Any of the question's terms, ranked by BM25: the default. Needs no positions in the index. Of a
   * very long question the first 256 different terms count.
   */
  static QuestionQuery anyTerm() {
    return (question, field, analyzer) -> {
      BooleanQuery.Builder query = new BooleanQuery.Builder();
      terms(question, field, analyzer).stream()
          .limit(256)
          .forEach(term -> query.add(new TermQuery(new Term(field, term)), Occur.SHOULD));
      return query.build();
    };
  }

  /** The different terms that {@code analyzer} makes of {@code text}, in order. */
  static Set<String> terms(String text, String field, Analyzer analyzer) {
    Set<String> terms = new LinkedHashSet<>();
    try (TokenStream tokens = analyzer.tokenStream(field, text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        terms.add(term.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("the analyzer failed on the text: " + e.getMessage(), e);
    }
    return terms;
  }
}
