package io.github.smoothreading.eval.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Similarity of two lines of code in whole per cent, as Python's {@code difflib} gives it.
 *
 * <p>The longest common substring is taken, then the longest ones left and right of it, and so on
 * (Ratcliff and Obershelp); twice their length is divided by both lengths. In an answer of 200 or
 * more characters, characters that make up more than 1 % of it do not begin a match.
 */
final class EditSimilarity {
  private static final int LONG = 200;

  private final int[] said;
  private final int[] wanted;
  private final Map<Integer, int[]> places = new HashMap<>();

  private EditSimilarity(int[] said, int[] wanted) {
    this.said = said;
    this.wanted = wanted;
    Map<Integer, IntStream.Builder> found = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      found.computeIfAbsent(wanted[i], character -> IntStream.builder()).add(i);
    }
    found.forEach((character, builder) -> places.put(character, builder.build().toArray()));
    if (wanted.length >= LONG) {
      places.values().removeIf(all -> all.length > wanted.length / 100 + 1);
    }
  }

  /** Of the first line that is code: no fence, no comment. */
  static double score(String prediction, String accepted) {
    String line =
        List.of(prediction.replaceFirst("^\n+", "").split("\n", -1)).stream()
            .filter(each -> !each.contains("`") && !each.contains("#") && !each.contains("//"))
            .findFirst()
            .orElse("");
    if (line.equals(accepted)) {
      return 1;
    }
    if (line.isEmpty() || accepted.isEmpty()) {
      return 0;
    }
    EditSimilarity pair =
        new EditSimilarity(line.codePoints().toArray(), accepted.codePoints().toArray());
    double ratio =
        2.0
            * pair.matches(0, pair.said.length, 0, pair.wanted.length)
            / (pair.said.length + pair.wanted.length);
    return Math.rint(100 * ratio) / 100;
  }

  private int matches(int from, int to, int wantedFrom, int wantedTo) {
    int best = 0;
    int bestAt = from;
    int bestWanted = wantedFrom;
    Map<Integer, Integer> before = Map.of();
    for (int i = from; i < to; i++) {
      Map<Integer, Integer> now = new HashMap<>();
      for (int j : places.getOrDefault(said[i], new int[0])) {
        if (j < wantedFrom || j >= wantedTo) {
          continue;
        }
        int length = before.getOrDefault(j - 1, 0) + 1;
        now.put(j, length);
        if (length > best) {
          best = length;
          bestAt = i - length + 1;
          bestWanted = j - length + 1;
        }
      }
      before = now;
    }
    // Frequent characters begin no match, but they prolong one.
    while (bestAt > from && bestWanted > wantedFrom && said[bestAt - 1] == wanted[bestWanted - 1]) {
      bestAt--;
      bestWanted--;
      best++;
    }
    while (bestAt + best < to
        && bestWanted + best < wantedTo
        && said[bestAt + best] == wanted[bestWanted + best]) {
      best++;
    }
    if (best == 0) {
      return 0;
    }
    return best
        + matches(from, bestAt, wantedFrom, bestWanted)
        + matches(bestAt + best, to, bestWanted + best, wantedTo);
  }
}
