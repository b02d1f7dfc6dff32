package io.github.smoothreading.eval.task;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Made-up facts of one kind: which locker belongs to which team. Keys and values differ from each
 * other, so one can be taken for another, which is what makes several needles harder than one.
 */
final class Records {
  private static final List<String> COLOURS =
      List.of(
          "amber", "copper", "crimson", "ivory", "indigo", "silver", "scarlet", "teal", "violet",
          "olive", "cobalt", "golden");
  private static final List<String> BIRDS =
      List.of(
          "heron",
          "falcon",
          "plover",
          "magpie",
          "kestrel",
          "osprey",
          "wren",
          "curlew",
          "puffin",
          "starling",
          "lapwing",
          "kingfisher");

  private final Random random;
  private final Set<String> teams = new LinkedHashSet<>();
  private final Set<String> numbers = new LinkedHashSet<>();

  Records(Random random) {
    this.random = random;
  }

  /** A key that was not given before. */
  String team() {
    return fresh(teams, () -> pick(COLOURS) + " " + pick(BIRDS));
  }

  /** A value that was not given before. */
  String number() {
    return fresh(numbers, () -> Integer.toString(10_000 + random.nextInt(90_000)));
  }

  List<String> teams(int count) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(team());
    }
    return all;
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static String fresh(Set<String> given, Supplier<String> make) {
    String value = make.get();
    while (!given.add(value)) {
      value = make.get();
    }
    return value;
  }

  static String fact(String team, String number) {
    return "The locker number of the %s team is %s.".formatted(team, number);
  }

  static String oneFact(String team, String number) {
    return "One of the locker numbers of the %s team is %s.".formatted(team, number);
  }
}
