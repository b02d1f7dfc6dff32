package io.github.smoothreading.eval.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.text.TextEncoder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Needles lie where they should, and the seed decides everything. */
class NiahTest {
  private static Haystack haystack;

  /** Four characters a token; the real tokenizer is used in DefaultModelTest. */
  static final TextEncoder ENCODER =
      text -> {
        int tokens = (text.length() + 3) / 4;
        int[] ends = new int[tokens];
        for (int i = 0; i < tokens; i++) {
          ends[i] = Math.min(text.length(), 4 * (i + 1));
        }
        return new TextEncoder.Encoding(new int[tokens], ends);
      };

  @BeforeAll
  static void openHaystack() {
    haystack = Haystack.builtIn(ENCODER);
  }

  @RepeatedTest(5)
  void theNeedleLiesAtItsDepthAndTheDocumentHasItsLength() {
    long seed = new Random().nextLong();
    for (Item item :
        new Niah(haystack, Needle.builtIn(), seed).items(Niah.Kind.SINGLE, 3000, 5, 2)) {
      Needle needle = needle(item);
      String text = item.text().get();
      double depth = Double.parseDouble(item.labels().get("depth"));
      assertThat(text.indexOf(needle.text())).as("seed %d, %s", seed, item.id()).isNotNegative();
      assertThat((double) text.indexOf(needle.text()) / text.length())
          .as("seed %d, %s", seed, item.id())
          .isBetween(depth - 0.06, depth + 0.06);
      assertThat(haystack.tokens(text)).as("seed %d, %s", seed, item.id()).isBetween(2300, 3005);
    }
  }

  @Test
  void theSameSeedGivesTheSameDocumentsAndAnotherGivesOthers() {
    for (Niah.Kind kind : Niah.Kind.values()) {
      assertThat(texts(kind, 3)).isEqualTo(texts(kind, 3)).isNotEqualTo(texts(kind, 4));
    }
  }

  @Test
  void severalValuesAndQueriesAreAllInTheTextAndAllWanted() {
    Niah niah = new Niah(haystack, Needle.builtIn(), 7);
    for (Niah.Kind kind : List.of(Niah.Kind.VALUES, Niah.Kind.QUERIES)) {
      for (Item item : niah.items(kind, 2000, 4, 1)) {
        assertThat(item.judge().answers())
            .hasSizeGreaterThanOrEqualTo(3)
            .allMatch(item.text().get()::contains);
        assertThat(item.mayStop()).isFalse();
        assertThat(item.judge().score(true, item.judge().answers().get(0))).isBetween(0.2, 0.4);
      }
    }
  }

  @Test
  void amongSeveralKeysTheOthersAreLookAlikes() {
    for (Item item : new Niah(haystack, Needle.builtIn(), 7).items(Niah.Kind.KEYS, 2000, 4, 1)) {
      String text = item.text().get();
      assertThat(text.split("The locker number of the ", -1)).hasSize(5);
      assertThat(text).contains(item.judge().answers().get(0));
    }
  }

  @Test
  void whereTheNeedleIsLeftOutHavingNoAnswerIsRight() {
    for (Item item : new Niah(haystack, Needle.builtIn(), 7).absent(2000, 6)) {
      assertThat(item.text().get()).doesNotContain(needle(item).text());
      assertThat(item.judge().score(false, "")).isEqualTo(1);
      assertThat(item.judge().score(true, "anything")).isZero();
    }
  }

  @Test
  void aHaystackLongerThanTheBooksBeginsAgain() {
    String text = haystack.cut(400_000, 5);
    assertThat(haystack.tokens(text)).isBetween(399_000, 400_000);
  }

  private static Needle needle(Item item) {
    return Needle.builtIn().stream()
        .filter(needle -> item.id().endsWith("-" + needle.id()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(Niah.Kind kind, long seed) {
    return new Niah(haystack, Needle.builtIn(), seed)
        .items(kind, 1500, 3, 1).stream().map(item -> item.question() + item.text().get()).toList();
  }
}
