package io.github.smoothreading.eval.metric;

import java.util.List;
import java.util.Locale;

/** Answers looked for as strings, whatever the case. */
final class Strings {
  private Strings() {}

  static double containsAny(String prediction, List<String> accepted, List<String> classes) {
    return accepted.stream().anyMatch(answer -> contains(prediction, answer)) ? 1 : 0;
  }

  static double shareContained(String prediction, List<String> accepted, List<String> classes) {
    long found = accepted.stream().filter(answer -> contains(prediction, answer)).count();
    return (double) found / accepted.size();
  }

  static double containsFirstOnly(String prediction, List<String> accepted, List<String> classes) {
    boolean others = accepted.stream().skip(1).anyMatch(answer -> contains(prediction, answer));
    return contains(prediction, accepted.get(0)) && !others ? 1 : 0;
  }

  private static boolean contains(String prediction, String answer) {
    return prediction.toLowerCase(Locale.ROOT).contains(answer.toLowerCase(Locale.ROOT));
  }
}
