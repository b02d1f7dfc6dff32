package io.github.smoothreading.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Scores the pieces of long stored texts for a question: they have no postings of their own. BM25
 * without length normalisation, since pieces are about equally long, over the pieces as collection.
 */
final class TermScores {
  private static final double SATURATION = 1.2;

  private final IndexShape shape;
  private final Set<String> terms;

  TermScores(IndexShape shape, String question) {
    this.shape = shape;
    this.terms = QuestionQuery.terms(question, shape.searchField(), shape.analyzer());
  }

  /** A score for each text; 0 where no term of the question occurs. */
  List<Double> of(List<String> texts) {
    List<Map<String, Integer>> counts = texts.stream().map(this::counts).toList();
    Map<String, Integer> containing = new HashMap<>();
    counts.forEach(one -> one.keySet().forEach(term -> containing.merge(term, 1, Integer::sum)));
    List<Double> scores = new ArrayList<>();
    for (Map<String, Integer> one : counts) {
      double score = 0;
      for (Map.Entry<String, Integer> count : one.entrySet()) {
        int with = containing.getOrDefault(count.getKey(), 1);
        double rarity = Math.log(1 + (texts.size() - with + 0.5) / (with + 0.5));
        score += rarity * count.getValue() / (count.getValue() + SATURATION);
      }
      scores.add(score);
    }
    return scores;
  }

  private Map<String, Integer> counts(String text) {
    Map<String, Integer> counts = new HashMap<>();
    try (TokenStream tokens = shape.analyzer().tokenStream(shape.searchField(), text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        String word = term.toString();
        if (terms.contains(word)) {
          counts.merge(word, 1, Integer::sum);
        }
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("the analyzer failed on the text: " + e.getMessage(), e);
    }
    return counts;
  }
}
