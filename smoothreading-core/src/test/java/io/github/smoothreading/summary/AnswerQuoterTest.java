package io.github.smoothreading.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.RuleReader;
import io.github.smoothreading.backend.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AnswerQuoterTest {
  private static final int END = RuleReader.PROTOCOL.end();
  private static final String CLUE = "The plumber, a poet in his spare time, billed us in haiku.";
  private final Tokenizer tokenizer = new RuleReader(512).tokenizer();

  /** What the quoter says when a model wants to write {@code wanted}, as far as it may. */
  private String quote(List<String> clues, String wanted) {
    List<Integer> wants = new ArrayList<>();
    for (int id : tokenizer.encode(wanted).ids()) {
      wants.add(id);
    }
    wants.add(END);
    int[] at = {0};
    return new AnswerQuoter(tokenizer, clues, END)
        .quote(
            (last, choices) -> {
              float[] scores = new float[choices.length];
              int want = at[0] < wants.size() ? wants.get(at[0]) : END;
              for (int i = 0; i < choices.length; i++) {
                scores[i] = choices[i] == want ? 0 : -5 - i;
              }
              at[0]++;
              return scores;
            });
  }

  @Test
  void answers_that_no_clue_contains_are_wanted_in_its_words() {
    assertThat(AnswerQuoter.wants("hiku", List.of(CLUE))).isTrue();
    assertThat(AnswerQuoter.wants("In haiku", List.of(CLUE))).isFalse();
    assertThat(AnswerQuoter.wants("in   Haiku.", List.of(CLUE))).isFalse();
  }

  @Test
  void answers_that_need_not_be_quotations_are_left_alone() {
    assertThat(AnswerQuoter.wants("Yes", List.of(CLUE))).isFalse();
    assertThat(AnswerQuoter.wants("3", List.of(CLUE))).isFalse();
    assertThat(AnswerQuoter.wants("a plumber, two poets", List.of(CLUE))).isFalse();
    assertThat(AnswerQuoter.wants("hiku", List.of())).isFalse();
  }

  @Test
  void a_misspelt_answer_becomes_the_clues_word() {
    assertThat(quote(List.of(CLUE), " haiky")).isEqualTo("haiku");
    assertThat(quote(List.of(CLUE), "haiky")).isEqualTo("haiku");
    assertThat(quote(List.of(CLUE), "poet in his spore time")).startsWith("poet in his spare");
  }

  @RepeatedTest(50)
  void whatever_the_model_wants_the_answer_is_a_quotation_of_whole_words(
      RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> clues =
        List.of(CLUE, "Tom's boat, the \u201cSecond Mortgage\u201d, sank in 1984.");
    StringBuilder wanted = new StringBuilder();
    for (int i = random.nextInt(30); i >= 0; i--) {
      wanted.append((char) ('a' + random.nextInt(26)));
    }
    String quoted = quote(clues, wanted.toString());
    assertThat(quoted).isNotEmpty();
    assertThat(clues)
        .anySatisfy(
            clue -> {
              int start = clue.indexOf(quoted);
              assertThat(start).isNotNegative();
              assertThat(start == 0 || !Character.isLetterOrDigit(clue.charAt(start - 1))).isTrue();
            });
  }
}
