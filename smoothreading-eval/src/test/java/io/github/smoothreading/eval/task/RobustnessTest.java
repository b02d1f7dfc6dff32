package io.github.smoothreading.eval.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker;
import io.github.smoothreading.text.TextSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Facts stand as awkwardly as announced. */
class RobustnessTest {
  private static final int CHUNK = 512;
  private static final Haystack HAYSTACK = Haystack.builtIn(NiahTest.ENCODER);

  @ParameterizedTest
  @EnumSource(Robustness.Case.class)
  void theAnswerIsInTheText(Robustness.Case kind) {
    for (Item item : items(kind)) {
      String text = item.text().get();
      assertThat(text).contains(item.judge().answers().get(0));
      assertThat(HAYSTACK.tokens(text)).isBetween(3200, 4300);
    }
  }

  @Test
  void aSplitFactLiesInTwoChunks() {
    for (Item item : items(Robustness.Case.SPLIT)) {
      String number = item.judge().answers().get(0);
      String team = item.question().replaceAll(".*of the (.*) team.*", "$1");
      try (Chunker.Chunks chunks =
          Chunker.bySeparators().cut(TextSource.of(item.text().get()), NiahTest.ENCODER, CHUNK)) {
        while (chunks.hasNext()) {
          Chunk chunk = chunks.next();
          assertThat(chunk.text().contains(team) && chunk.text().contains(number))
              .as("one chunk has both ends of %s", item.id())
              .isFalse();
        }
      }
    }
  }

  @Test
  void aContradictedFactComesBeforeItsCorrection() {
    for (Item item : items(Robustness.Case.CONTRADICTED)) {
      String text = item.text().get();
      List<String> newAndOld = item.judge().answers();
      assertThat(text.indexOf(newAndOld.get(1))).isBetween(0, text.indexOf(newAndOld.get(0)));
      assertThat(item.mayStop()).isFalse();
    }
  }

  @Test
  void aRepeatedFactIsThereThreeTimes() {
    for (Item item : items(Robustness.Case.REPEATED)) {
      assertThat(item.text().get().split(item.judge().answers().get(0), -1)).hasSize(4);
    }
  }

  private static List<Item> items(Robustness.Case kind) {
    return new Robustness(HAYSTACK, 11).items(kind, 4096, CHUNK, 4);
  }
}
