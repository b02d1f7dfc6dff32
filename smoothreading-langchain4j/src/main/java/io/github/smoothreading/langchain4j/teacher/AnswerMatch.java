package io.github.smoothreading.langchain4j.teacher;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares answers as SQuAD's evaluation does: without case, punctuation (except decimal points)
 * and articles, word by word.
 *
 * <p>An answer is right if it holds the given one as a run of whole words, with at most {@value
 * #MORE_WORDS} words more, or if the F1 of their words reaches a threshold. An ideograph is a word.
 */
final class AnswerMatch {
  private static final int MORE_WORDS = 15;

  private AnswerMatch() {}

  /** The given answer that {@code said} agrees with best, if with any well enough. */
  static Optional<String> best(List<String> given, String said, double threshold) {
    Optional<String> best = Optional.empty();
    double most = 0;
    for (String answer : given) {
      double agreement = agreement(words(answer), words(said), threshold);
      if (agreement > most) {
        most = agreement;
        best = Optional.of(answer);
      }
    }
    return best;
  }

  /** Whether it says that the text does not answer. */
  static boolean notFound(String said) {
    List<String> words = words(said);
    return words.size() >= 2 && words.subList(0, 2).equals(List.of("not", "found"));
  }

  private static double agreement(List<String> given, List<String> said, double threshold) {
    double f1 = f1(given, said);
    boolean held =
        said.size() <= given.size() + MORE_WORDS && Collections.indexOfSubList(said, given) >= 0;
    return held || f1 >= threshold ? Math.max(f1, Double.MIN_VALUE) : 0;
  }

  private static double f1(List<String> given, List<String> said) {
    Map<String, Integer> left = new HashMap<>();
    given.forEach(word -> left.merge(word, 1, Integer::sum));
    int common = 0;
    for (String word : said) {
      if (left.merge(word, -1, Integer::sum) >= 0) {
        common++;
      }
    }
    return 2.0 * common / (given.size() + said.size());
  }

  private static List<String> words(String text) {
    String spaced =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replaceAll("(?<!\\d)\\.|\\.(?!\\d)|[\\p{P}\\p{S}&&[^.]]", "")
            .replaceAll("(\\p{IsIdeographic})", " $1 ");
    List<String> all =
        Arrays.stream(spaced.split("[\\s\\p{Z}]+")).filter(word -> !word.isEmpty()).toList();
    List<String> words = new ArrayList<>(all);
    words.removeAll(List.of("a", "an", "the"));
    if (!words.isEmpty()) {
      return words;
    }
    // What is left of "The The" or of "?!" would agree with everything.
    return all.isEmpty() ? List.of(text.strip()) : all;
  }
}
