package io.github.smoothreading.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/**
 * Finds the Lucene documents for a question, best first.
 *
 * @param query makes the term query
 * @param vectors the vector search to fuse with it
 */
record Search(QuestionQuery query, Optional<Vectors> vectors) {
  /** The constant of reciprocal rank fusion: how little the first ranks differ. */
  private static final double RRF = 60;

  /**
   * A vector field of the index, and what embeds questions for it.
   *
   * @param field the vector field
   */
  record Vectors(String field, Embedder embedder) {}

  /** Numbers of the best Lucene documents. */
  List<Integer> run(IndexSearcher searcher, IndexShape shape, String question, int hits)
      throws IOException {
    Query terms = query.build(question, shape.searchField(), shape.analyzer());
    List<Integer> byTerms = docs(searcher, terms, hits);
    if (vectors.isEmpty()) {
      return byTerms;
    }
    float[] vector = vectors.get().embedder().embed(question);
    Query nearest = new KnnFloatVectorQuery(vectors.get().field(), vector, hits);
    return fuse(List.of(byTerms, docs(searcher, nearest, hits)), hits);
  }

  private static List<Integer> docs(IndexSearcher searcher, Query query, int hits)
      throws IOException {
    List<Integer> docs = new ArrayList<>();
    for (ScoreDoc found : searcher.search(query, hits).scoreDocs) {
      docs.add(found.doc);
    }
    return docs;
  }

  /** The share that a rank, from 0, adds to a fused score. */
  static double reciprocal(int rank) {
    return 1 / (RRF + 1 + rank);
  }

  /** Reciprocal rank fusion: comparable whatever the rankings' scores mean. */
  static <T> List<T> fuse(List<List<T>> rankings, int most) {
    Map<T, Double> scores = new LinkedHashMap<>();
    for (List<T> ranking : rankings) {
      for (int rank = 0; rank < ranking.size(); rank++) {
        scores.merge(ranking.get(rank), reciprocal(rank), Double::sum);
      }
    }
    return scores.entrySet().stream()
        .sorted(Comparator.comparingDouble((Map.Entry<T, Double> one) -> -one.getValue()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
