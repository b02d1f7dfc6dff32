package io.github.smoothreading.backend.djl;

import java.util.Arrays;

/**
 * Drafts by prompt lookup: where the newest tokens occur in a text that is likely to be quoted,
 * what follows there is the guess. How long a guess is, and how much must match, follows its
 * success.
 */
final class PromptLookup {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 32;
  private static final int LONGEST_MATCH = 8;

  private final int[] text;
  private int length = 16;
  private int leastMatch;

  /**
   * Guesses from {@code text}.
   *
   * @param leastMatch how many tokens must match at first
   */
  PromptLookup(int[] text, int leastMatch) {
    this.text = text;
    this.leastMatch = leastMatch;
  }

  /** What may follow {@code tokens}; empty if nothing speaks for a guess. */
  int[] draft(int[] tokens, int count) {
    int best = 0;
    int from = -1;
    boolean twice = false;
    for (int end = 1; end < text.length && count > 0; end++) {
      int match = match(tokens, count, end);
      if (match > best) {
        best = match;
        from = end;
        twice = false;
      } else if (match == best) {
        twice = true;
      }
    }
    // A single token speaks for itself only where it occurs once.
    if (best < leastMatch || (best == 1 && twice)) {
      return new int[0];
    }
    return Arrays.copyOfRange(text, from, Math.min(text.length, from + length));
  }

  /** How many tokens before {@code end} equal the newest ones. */
  private int match(int[] tokens, int count, int end) {
    int most = Math.min(Math.min(end, count), LONGEST_MATCH);
    int n = 0;
    while (n < most && text[end - 1 - n] == tokens[count - 1 - n]) {
      n++;
    }
    return n;
  }

  /** Learns from what became of a draft. */
  void learn(int drafted, int accepted) {
    if (drafted == 0) {
      return;
    }
    if (accepted == drafted) {
      length = Math.min(LONGEST, 2 * length);
      leastMatch = 1;
    } else if (accepted == 0) {
      length = SHORTEST;
      leastMatch = Math.min(4, leastMatch + 1);
    } else {
      length = Math.max(SHORTEST, length / 2);
      leastMatch = Math.min(leastMatch, 2);
    }
  }
}
