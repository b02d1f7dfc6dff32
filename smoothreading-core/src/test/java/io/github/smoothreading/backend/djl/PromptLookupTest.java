package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptLookupTest {
  private static final int[] TEXT = {1, 2, 3, 4, 1, 2, 5, 6, 7, 2, 5, 9};

  private static int[] draft(int... tokens) {
    return new PromptLookup(TEXT, 1).draft(tokens, tokens.length);
  }

  @Test
  void theLongestMatchWins() {
    assertThat(draft(4, 1, 2)).startsWith(5, 6, 7);
    assertThat(draft(8, 7, 2, 5)).containsExactly(9);
  }

  @Test
  void aSingleTokenMustBeUnique() {
    assertThat(draft(3)).startsWith(4, 1, 2);
    assertThat(draft(1)).isEmpty();
    assertThat(draft(8)).isEmpty();
    assertThat(draft(9)).isEmpty();
    assertThat(draft()).isEmpty();
    assertThat(new PromptLookup(new int[0], 1).draft(new int[] {1}, 1)).isEmpty();
  }

  @Test
  void failureMakesItMoreCareful() {
    PromptLookup lookup = new PromptLookup(TEXT, 1);
    lookup.learn(8, 0);
    assertThat(lookup.draft(new int[] {3}, 1)).isEmpty();
    assertThat(lookup.draft(new int[] {2, 3}, 2)).startsWith(4);
    lookup.learn(8, 8);
    assertThat(lookup.draft(new int[] {3}, 1)).startsWith(4);
  }
}
