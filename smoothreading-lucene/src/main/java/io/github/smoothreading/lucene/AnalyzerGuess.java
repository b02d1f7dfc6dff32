package io.github.smoothreading.lucene;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;

/**
 * Guesses by which analyzer a field was indexed, since an index does not say: the right one turns
 * stored text into terms that are all in the index.
 *
 * @param analyzer the best
 * @param share of a sample's terms that are in the index, 0 to 1
 */
record AnalyzerGuess(Analyzer analyzer, double share) {
  /** In this order where several do equally well. */
  private static final Map<String, Supplier<Analyzer>> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("StandardAnalyzer", StandardAnalyzer::new);
    KNOWN.put("EnglishAnalyzer", EnglishAnalyzer::new);
    KNOWN.put("SimpleAnalyzer", SimpleAnalyzer::new);
    KNOWN.put("WhitespaceAnalyzer", WhitespaceAnalyzer::new);
  }

  private static final int TEXTS = 20;
  private static final int CHARS = 2000;

  static AnalyzerGuess of(IndexReader reader, String field, List<String> texts) throws IOException {
    AnalyzerGuess best = new AnalyzerGuess(new StandardAnalyzer(), -1);
    for (Supplier<Analyzer> known : KNOWN.values()) {
      Analyzer analyzer = known.get();
      AnalyzerGuess guess = new AnalyzerGuess(analyzer, share(reader, field, texts, analyzer));
      best = guess.share() > best.share() ? guess : best;
    }
    return best;
  }

  private static double share(
      IndexReader reader, String field, List<String> texts, Analyzer analyzer) throws IOException {
    Set<String> terms = new LinkedHashSet<>();
    for (String text : texts.subList(0, Math.min(TEXTS, texts.size()))) {
      // The last word may be cut: leave it out.
      int end = text.length() <= CHARS ? text.length() : text.lastIndexOf(' ', CHARS);
      terms.addAll(QuestionQuery.terms(text.substring(0, Math.max(end, 0)), field, analyzer));
    }
    int known = 0;
    for (String term : terms) {
      known += reader.docFreq(new Term(field, term)) > 0 ? 1 : 0;
    }
    return terms.isEmpty() ? 0 : (double) known / terms.size();
  }

  /** An analyzer by its simple name, if it is one of those tried. */
  static Optional<Analyzer> named(String name) {
    return Optional.ofNullable(KNOWN.get(name)).map(Supplier::get);
  }
}
