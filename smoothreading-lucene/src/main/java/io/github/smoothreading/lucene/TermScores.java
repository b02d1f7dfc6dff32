package io.github.smoothreading.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;

/**
 * Scores a piece of a long stored text for a question: such pieces have no postings of their own.
 * BM25 without length normalisation (pieces are about equally long), with the index's document
 * frequencies.
 */
final class TermScores {
  private static final double SATURATION = 1.2;

  private final IndexShape shape;
  private final Map<String, Double> weights = new HashMap<>();

  TermScores(IndexReader reader, IndexShape shape, String question) throws IOException {
    this.shape = shape;
    Set<String> terms = QuestionQuery.terms(question, shape.searchField(), shape.analyzer());
    for (String term : terms) {
      int frequency = reader.docFreq(new Term(shape.searchField(), term));
      weights.put(term, Math.log(1 + (reader.numDocs() + 0.5) / (frequency + 0.5)));
    }
  }

  /** The score; 0 if no term of the question occurs. */
  double of(String text) {
    Map<String, Integer> counts = new HashMap<>();
    try (TokenStream tokens = shape.analyzer().tokenStream(shape.searchField(), text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        String word = term.toString();
        if (weights.containsKey(word)) {
          counts.merge(word, 1, Integer::sum);
        }
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double score = 0;
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      double saturated = count.getValue() / (count.getValue() + SATURATION);
      score += weights.getOrDefault(count.getKey(), 0.0) * saturated;
    }
    return score;
  }
}
