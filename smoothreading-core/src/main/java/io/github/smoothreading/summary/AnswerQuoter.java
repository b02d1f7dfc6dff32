package io.github.smoothreading.summary;

import io.github.smoothreading.text.TextEncoder;
import io.github.smoothreading.text.TextEncoder.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Says an answer in a clue's own words.
 *
 * <p>A small model that has found the right sentence may still misspell what it takes from it
 * ("hiku" for "haiku"). An answer of one item that no clue contains is therefore generated once
 * more, this time only with continuations that stand in a clue: it begins at a word, follows the
 * clue token by token, and may end wherever a word ends. Yes, no, numbers and lists are left as
 * they are, since they need not be quotations.
 */
final class AnswerQuoter {
  private static final int LONGEST = 32;
  private static final Set<String> FREE =
      Set.of("yes", "no", "true", "false", "none", "both", "neither");

  private final int end;
  private final List<Candidate> candidates = new ArrayList<>();

  /**
   * For the clues shown in the last round.
   *
   * @param end the id that ends an answer
   */
  AnswerQuoter(TextEncoder encoder, List<String> clues, int end) {
    this.end = end;
    for (String clue : clues) {
      for (int start = 0; start < clue.length(); start++) {
        if (beginsWord(clue, start)) {
          // A model may write the space before an answer, as in running text, or leave it out.
          for (String rest : List.of(" " + clue.substring(start), clue.substring(start))) {
            candidates.add(new Candidate(rest, encoder.encode(rest)));
          }
        }
      }
    }
  }

  /** Whether an answer should be generated again. */
  static boolean wants(String answer, List<String> clues) {
    String plain = plain(answer);
    if (clues.isEmpty()
        || FREE.contains(plain)
        || plain.contains(", ")
        || plain.chars().anyMatch(Character::isDigit)) {
      return false;
    }
    return clues.stream().noneMatch(clue -> plain(clue).contains(plain));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ")
        .replaceAll("^[\\s\"'.]+|[\\s\"'.,;:!?]+$", "");
  }

  private static boolean beginsWord(String text, int at) {
    return Character.isLetterOrDigit(text.charAt(at))
        && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
  }

  /**
   * Generates greedily along the clues.
   *
   * @param logProbabilities of the given ids, given that the token of the first argument follows
   *     what was fed before; -1 at the beginning
   */
  String quote(BiFunction<Integer, int[], float[]> logProbabilities) {
    List<Candidate> open = candidates;
    String quoted = "";
    int last = -1;
    for (int depth = 0; depth < LONGEST; depth++) {
      int at = depth;
      boolean mayEnd = depth > 0 && open.stream().anyMatch(candidate -> candidate.wordEndsAt(at));
      int[] next =
          open.stream().filter(c -> c.length() > at).mapToInt(c -> c.id(at)).distinct().toArray();
      int[] choices = mayEnd ? Ids.join(Ids.of(end), next) : next;
      if (choices.length == 0) {
        break;
      }
      int best = Decoding.best(logProbabilities.apply(last, choices));
      if (mayEnd && best == 0) {
        break;
      }
      int chosen = choices[best];
      open = open.stream().filter(c -> c.length() > at && c.id(at) == chosen).toList();
      last = chosen;
      quoted = open.get(0).text(depth + 1);
    }
    return quoted.strip();
  }

  private record Candidate(String clue, Encoding encoding) {
    int length() {
      return encoding.ids().length;
    }

    int id(int at) {
      return encoding.ids()[at];
    }

    String text(int tokens) {
      return clue.substring(0, encoding.ends()[tokens - 1]);
    }

    boolean wordEndsAt(int tokens) {
      if (tokens > length()) {
        return false;
      }
      int at = encoding.ends()[tokens - 1];
      return at == clue.length() || !Character.isLetterOrDigit(clue.charAt(at));
    }
  }
}
