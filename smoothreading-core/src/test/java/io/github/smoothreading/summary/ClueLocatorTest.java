package io.github.smoothreading.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Place;
import io.github.smoothreading.text.Segment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ClueLocatorTest {
  private static Chunk chunk(String text, Segment... segments) {
    return new Chunk(0, 0, text, new int[0], List.of(segments), true);
  }

  private static Segment segment(String part, long start, int length, int offset) {
    return new Segment(new Place(part, start, start + length), offset);
  }

  @RepeatedTest(50)
  void any_quotation_is_found_where_the_source_has_it(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    StringBuilder text = new StringBuilder();
    while (text.length() < 400) {
      text.append(
          new String[] {"whale ", "sea\n", "Ahab  ", "ship. ", "\n\n", "\uD83D\uDC0B "}
              [random.nextInt(6)]);
    }
    int start = random.nextInt(200);
    int end = start + 40 + random.nextInt(100);
    String quotation = text.substring(start, end).strip();
    Clue clue =
        ClueLocator.locate(
            chunk(text.toString(), segment("p", 1000, text.length(), 0)), quotation, 0);
    Place place = clue.place().orElseThrow();
    assertThat(text.substring((int) place.start() - 1000, (int) place.end() - 1000))
        .isEqualTo(clue.text());
    assertThat(clue.text()).isEqualTo(quotation);
  }

  @Test
  void hard_line_breaks_that_the_model_joined_still_match_and_the_source_is_quoted() {
    String text = "It was the Pequod\n   of Nantucket that\nsailed.";
    Clue clue =
        ClueLocator.locate(
            chunk(text, segment("p", 0, text.length(), 0)), "Pequod of Nantucket that sailed.", 2);
    assertThat(clue.text()).isEqualTo("Pequod\n   of Nantucket that\nsailed.");
    assertThat(clue.place()).contains(new Place("p", 11, text.length()));
    assertThat(clue.round()).isEqualTo(2);
  }

  @Test
  void words_that_are_not_in_the_chunk_stay_unverified() {
    String text = "Call me Ishmael.";
    assertThat(
            ClueLocator.locate(chunk(text, segment("p", 0, text.length(), 0)), "Call me Ahab.", 0)
                .verified())
        .isFalse();
    assertThat(
            ClueLocator.locate(chunk(text, segment("p", 0, text.length(), 0)), "  ", 0).verified())
        .isFalse();
  }

  @Test
  void headers_and_quotations_across_parts_are_not_cited() {
    String text = "Title\nfirst\n\nsecond";
    Chunk chunk = chunk(text, segment("a", 0, 5, 6), segment("b", 0, 6, 13));
    assertThat(ClueLocator.locate(chunk, "Title", 0).verified()).isFalse();
    assertThat(ClueLocator.locate(chunk, "first second", 0).verified()).isFalse();
    assertThat(ClueLocator.locate(chunk, "second", 0).place()).contains(new Place("b", 0, 6));
  }
}
