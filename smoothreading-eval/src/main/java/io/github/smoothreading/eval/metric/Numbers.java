package io.github.smoothreading.eval.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Metrics that look for numbers, and for classes. */
final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+");
  private static final Pattern PARAGRAPH = Pattern.compile("Paragraph (\\p{Nd}+)");
  private static final Pattern CHINESE_PARAGRAPH = Pattern.compile("段落(\\p{Nd}+)");

  private Numbers() {}

  /** Share of the numbers in the prediction that are exactly the accepted one. */
  static double count(String prediction, String accepted) {
    List<String> numbers =
        NUMBER.matcher(prediction).results().map(match -> match.group()).toList();
    long right = numbers.stream().filter(accepted::equals).count();
    return numbers.isEmpty() ? 0 : (double) right / numbers.size();
  }

  static double paragraph(String prediction, String accepted) {
    return count(prediction, only(PARAGRAPH, accepted));
  }

  static double chineseParagraph(String prediction, String accepted) {
    return count(prediction, only(CHINESE_PARAGRAPH, accepted));
  }

  private static String only(Pattern pattern, String accepted) {
    Matcher matcher = pattern.matcher(accepted);
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          "the accepted answer '%s' names no paragraph in the form of /%s/"
              .formatted(accepted, pattern));
    }
    return matcher.group(1);
  }

  static double classification(String prediction, List<String> accepted, List<String> classes) {
    return accepted.stream()
        .mapToDouble(right -> classification(prediction, right, classes))
        .max()
        .orElse(0);
  }

  private static double classification(String prediction, String right, List<String> classes) {
    List<String> named = new ArrayList<>(classes.stream().filter(prediction::contains).toList());
    // The reference takes names that are part of the right one out of the list it is going through,
    // so that the next
    // one is passed over. Its published values include this.
    for (int i = 0; i < named.size(); i++) {
      String name = named.get(i);
      if (right.contains(name) && !name.equals(right)) {
        named.remove(name);
      }
    }
    return named.contains(right) ? 1.0 / named.size() : 0;
  }
}
