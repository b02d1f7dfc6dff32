package io.github.smoothreading.eval.metric;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text as words, by the rules of the language that the reference metrics are written in. */
final class Words {
  /** Python's white space: wider than Java's, and it holds the no-break spaces. */
  private static final String SPACES =
      "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

  private static final Pattern SPACE = Pattern.compile(SPACES + "+");

  private Words() {}

  /** The words between white space; none for a text of white space. */
  static List<String> of(String text) {
    return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }

  /** The words joined by single spaces. */
  static String squeezed(String text) {
    return of(text).stream().collect(Collectors.joining(" "));
  }
}
