package io.github.smoothreading.eval.metric;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * ROUGE-L of whole summaries, as the Python package {@code rouge} counts it.
 *
 * <p>Each sentence of the reference is aligned with each of the prediction by their longest common
 * subsequence of words. What counts is the set of all words aligned anywhere, against the sets of
 * words of either side; a repeated word counts once.
 */
final class RougeL {
  private static final Pattern STOP = Pattern.compile("\\.");

  /** Keeps the F measure defined where nothing is in common. */
  private static final double EPSILON = 1e-8;

  private RougeL() {}

  static double score(String prediction, String accepted) {
    List<List<String>> said = sentences(prediction);
    List<List<String>> wanted = sentences(accepted);
    if (said.isEmpty() || wanted.isEmpty()) {
      return 0;
    }
    Set<String> aligned = new HashSet<>();
    for (List<String> reference : wanted) {
      for (List<String> sentence : said) {
        align(reference, sentence, aligned);
      }
    }
    double recall = (double) aligned.size() / distinct(wanted);
    double precision = (double) aligned.size() / distinct(said);
    return 2 * (precision * recall / (precision + recall + EPSILON));
  }

  /** Between full stops; one of white space alone is a sentence with one empty word. */
  private static List<List<String>> sentences(String text) {
    return STOP.splitAsStream(text)
        .filter(sentence -> !sentence.isEmpty())
        .map(sentence -> Arrays.asList(Words.squeezed(sentence).split(" ", -1)))
        .toList();
  }

  private static int distinct(List<List<String>> sentences) {
    Set<String> words = new HashSet<>();
    sentences.forEach(words::addAll);
    return words.size();
  }

  /**
   * Adds the words of the longest common subsequence; of several, the reference's choice is the one
   * kept.
   */
  private static void align(List<String> reference, List<String> sentence, Set<String> aligned) {
    int rows = reference.size();
    int columns = sentence.size();
    int[][] longest = new int[rows + 1][columns + 1];
    for (int i = 1; i <= rows; i++) {
      for (int j = 1; j <= columns; j++) {
        longest[i][j] =
            reference.get(i - 1).equals(sentence.get(j - 1))
                ? longest[i - 1][j - 1] + 1
                : Math.max(longest[i - 1][j], longest[i][j - 1]);
      }
    }
    int i = rows;
    int j = columns;
    while (i > 0 && j > 0) {
      if (reference.get(i - 1).equals(sentence.get(j - 1))) {
        aligned.add(reference.get(i - 1));
        i--;
        j--;
      } else if (longest[i - 1][j] > longest[i][j - 1]) {
        i--;
      } else {
        j--;
      }
    }
  }
}
