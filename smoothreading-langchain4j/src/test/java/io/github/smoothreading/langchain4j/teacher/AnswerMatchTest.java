package io.github.smoothreading.langchain4j.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an answer counts as the given one, at a threshold of 0.6. */
class AnswerMatchTest {
  @ParameterizedTest(name = "{0} / {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Leeuwarden | leeuwarden. | true",
        "Leeuwarden | He was born in Leeuwarden. | true",
        "the Eiffel Tower | Eiffel Tower | true",
        "108,249 | 108249 | true",
        "108,249 | about 108,249 inhabitants | true",
        "3.5 | 35 | false",
        "3.5 | 3.5. | true",
        "green, ochre, white | green and ochre and white | true",
        "green, ochre, white | green, white | true",
        "green, ochre, white | green | false",
        "Ann | Joanna | false",
        "Leeuwarden | Groningen | false",
        "The Who | the who | true",
        "a | a | true",
        "a | b | false",
        "?! | ?! | true",
        "?! | anything | false",
        "\u6771\u4eac | \u6771\u4eac\u3067\u3059 | true",
        "\u6771\u4eac | \u4eac\u90fd | false",
        "Caf\u00e9 | cafe\u0301 | true",
      })
  void agrees(String given, String said, boolean right) {
    assertThat(AnswerMatch.best(List.of(given), said, 0.6).isPresent()).isEqualTo(right);
  }

  @Test
  void anAnswerThatSaysEverythingIsNone() {
    String everything = "Groningen or Sneek or Harlingen or Franeker or ".repeat(3) + "Leeuwarden";
    assertThat(AnswerMatch.best(List.of("Leeuwarden"), everything, 0.6)).isEmpty();
  }

  @Test
  void takesTheBestOfSeveral() {
    List<String> given = List.of("the doctor", "doctor Payne of Ludlow");
    assertThat(AnswerMatch.best(given, "Doctor Payne, of Ludlow", 0.6))
        .contains("doctor Payne of Ludlow");
    assertThat(AnswerMatch.best(given, "the doctor", 0.6)).contains("the doctor");
    assertThat(AnswerMatch.best(List.of(), "the doctor", 0.6)).isEmpty();
  }

  @Test
  void knowsWhenNothingWasFound() {
    assertThat(List.of("NOT FOUND", "Not found.", "**NOT FOUND** in the text"))
        .allMatch(AnswerMatch::notFound);
    assertThat(List.of("not", "He was not found", "none", "found"))
        .noneMatch(AnswerMatch::notFound);
  }
}
