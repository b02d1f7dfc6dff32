package io.github.smoothreading.eval.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The built-in tasks can be answered from their documents. */
class BuiltInTest {
  private static final Map<String, List<Item>> TASKS =
      new BuiltIn(Haystack.builtIn(NiahTest.ENCODER), 7).tasks(4096, 12);

  @Test
  void thereAreTwelveOfEach() {
    assertThat(TASKS)
        .hasSize(4)
        .allSatisfy((task, items) -> assertThat(items).as(task).hasSize(12));
  }

  @Test
  void booksAnswerTheirQuestions() {
    for (Item item : TASKS.get("books")) {
      String text = item.text().get().replaceAll("[\\s_]+", " ");
      assertThat(item.judge().answers()).as(item.question()).anyMatch(text::contains);
    }
  }

  @Test
  void twoHopsLeadToARoom() {
    for (Item item : TASKS.get("two hops")) {
      assertThat(item.text().get()).contains("hangs in the " + item.judge().answers().get(0));
    }
  }

  @Test
  void countsAreThoseOfTheText() {
    for (Item item : TASKS.get("count")) {
      int facts = item.text().get().split("The locker number of the ", -1).length - 1;
      assertThat(item.judge().answers()).containsExactly(Integer.toString(facts));
      assertThat(item.mayStop()).isFalse();
    }
  }

  @Test
  void retrievalNamesTheParagraphThatMentionsIt() {
    for (Item item : TASKS.get("paragraph retrieval")) {
      String wanted = item.question().replaceAll("Which paragraph mentions the (.*)\\?", "$1");
      String paragraph =
          item.text().get().lines().filter(line -> line.contains(wanted)).findFirst().orElseThrow();
      assertThat(paragraph).startsWith(item.judge().answers().get(0) + ":");
    }
  }
}
