package io.github.smoothreading.eval.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** F1 of the words of prediction and answer, lower case, without punctuation and articles. */
final class WordF1 {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");

  /** Words of letters and numbers of any script, so that the article in "a²" or "l'a_b" stays. */
  private static final Pattern ARTICLE =
      Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");

  private WordF1() {}

  static double score(String prediction, String accepted) {
    List<String> said = normalized(prediction);
    List<String> wanted = normalized(accepted);
    List<String> rest = new ArrayList<>(wanted);
    long common = said.stream().filter(rest::remove).count();
    if (common == 0) {
      return 0;
    }
    double precision = (double) common / said.size();
    double recall = (double) common / wanted.size();
    return 2 * precision * recall / (precision + recall);
  }

  private static List<String> normalized(String text) {
    String bare = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return Words.of(ARTICLE.matcher(bare).replaceAll(" "));
  }
}
