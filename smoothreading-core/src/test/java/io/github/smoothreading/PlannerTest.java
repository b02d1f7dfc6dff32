package io.github.smoothreading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.ReadingOptions.ReadingOptionsBuilder;
import io.github.smoothreading.summary.ModelSummarizer;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final String QUESTION = "Where is it?";
  private final ModelSummarizer summarizer = new ModelSummarizer(new RuleReader(1024));

  private Plan plan(ReadingOptionsBuilder options) {
    return plan(QUESTION, options);
  }

  private Plan plan(String question, ReadingOptionsBuilder options) {
    return Planner.plan(summarizer, question, options.build(), 100_000, 2_500, 10_000);
  }

  @Test
  void defaults_come_from_the_model_and_warn_of_nothing() {
    Plan plan = plan(ReadingOptions.builder());
    assertThat(plan.window()).isEqualTo(1024);
    assertThat(plan.chunk()).isEqualTo(512);
    assertThat(plan.round()).isEqualTo(256);
    assertThat(plan.tokens()).isEqualTo(25_000);
    assertThat(plan.chunks()).isEqualTo(49);
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void a_smaller_window_scales_the_chunk() {
    assertThat(plan(ReadingOptions.builder().window(512)).chunk()).isEqualTo(256);
  }

  @Test
  void a_chunk_over_half_the_window_is_warned_of() {
    assertThat(plan(ReadingOptions.builder().chunk(600)).warnings())
        .singleElement()
        .asString()
        .contains("C = 600", "W = 1024", "C = 512 is best");
  }

  @Test
  void a_chunk_that_leaves_no_room_for_the_round_is_refused_unless_forced() {
    assertThatThrownBy(() -> plan(ReadingOptions.builder().chunk(800)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("C = 800")
        .hasMessageContaining("W = 1024")
        .hasMessageContaining("give C <= 512");
    assertThat(plan(ReadingOptions.builder().chunk(800).force(true)).warnings()).isNotEmpty();
  }

  @Test
  void a_chunk_longer_than_the_model_takes_is_refused() {
    assertThatThrownBy(() -> plan(ReadingOptions.builder().window(8192).chunk(2048)))
        .hasMessageContaining("not made for chunks of C = 2048");
  }

  @Test
  void a_question_longer_than_its_share_is_refused() {
    assertThatThrownBy(() -> plan("why ".repeat(60), ReadingOptions.builder()))
        .hasMessageContaining("240 tokens")
        .hasMessageContaining("128 of W = 1024");
  }

  @Test
  void an_empty_question_and_impossible_sizes_are_refused() {
    assertThatThrownBy(() -> plan("  ", ReadingOptions.builder()))
        .hasMessageContaining("question is empty");
    assertThatThrownBy(() -> plan(ReadingOptions.builder().chunk(3)))
        .hasMessageContaining("3 tokens is too short");
    assertThatThrownBy(() -> plan(ReadingOptions.builder().round(10)))
        .hasMessageContaining("R = 10");
    assertThatThrownBy(() -> plan(ReadingOptions.builder().window(-1)))
        .hasMessageContaining("window is -1");
  }
}
