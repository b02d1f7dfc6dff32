package io.github.smoothreading;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.ReadingEvent.RoundRepaired;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.ModelSummarizer;
import io.github.smoothreading.summary.Round;
import io.github.smoothreading.text.TextSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounds cannot go wrong, whatever the model wants to write. */
class WildModelTest {
  private static final int WINDOW = 1024;

  /** Wants a token by chance: reserved ones, copies of what it has seen, anything. */
  private static final class WildReader extends RuleReader {
    private final long seed;
    private int longestRound;

    WildReader(long seed) {
      super(WINDOW);
      this.seed = seed;
    }

    @Override
    protected int next(int[] seen) {
      int clues = lastIndexOf(seen, seen.length, PROTOCOL.clues());
      if (lastIndexOf(seen, seen.length, PROTOCOL.stop()) < clues) {
        longestRound = Math.max(longestRound, seen.length - clues);
      }
      Random random = new Random(seed * 31 + Arrays.hashCode(seen));
      return switch (random.nextInt(10)) {
        case 0, 1 -> List.copyOf(PROTOCOL.ids()).get(random.nextInt(PROTOCOL.ids().size()));
        case 2, 3, 4, 5, 6 -> likely(seen, random);
        default -> FIRST_TEXT_ID + random.nextInt(300);
      };
    }

    /** What stood behind the last token before. */
    private static int likely(int[] seen, Random random) {
      int last = seen[seen.length - 1];
      int at = lastIndexOf(seen, seen.length - 1 - random.nextInt(50), last);
      return at >= 0 ? seen[at + 1] : seen[random.nextInt(seen.length)];
    }
  }

  private static String text(Random random) {
    String[] words = {"one", "Two", "\uD83D\uDE00", "h\u00E9", "x", "\uD800", "4,2", "\"so\"", "a"};
    StringBuilder text = new StringBuilder();
    while (text.length() < 2500) {
      text.append(words[random.nextInt(words.length)]).append(random.nextInt(9) == 0 ? ".\n" : " ");
    }
    return text.toString();
  }

  @ParameterizedTest(name = "seeds from {0}")
  @ValueSource(longs = {0, 1_000, 2_000})
  void everyRoundIsWellFormedAndStrictCluesAreQuotations(long firstSeed) {
    int rounds = 0;
    int clues = 0;
    int corrected = 0;
    for (long seed = firstSeed; seed < firstSeed + 50; seed++) {
      boolean strict = seed % 2 == 0;
      WildReader wild = new WildReader(seed);
      List<ReadingEvent> events = new ArrayList<>();
      ReadingOptions options =
          ReadingOptions.builder()
              .strict(strict)
              .stop(StopPolicy.never())
              .listener(events::add)
              .build();
      Reading reading =
          new SmoothReader(new ModelSummarizer(wild))
              .read(TextSource.of(text(new Random(seed))), "What?", options);

      assertThat(reading.coverage().complete()).as("seed %d: %s", seed, reading.outcome()).isTrue();
      assertThat(wild.longestRound).as("seed %d", seed).isLessThanOrEqualTo(WINDOW / 4 + 2);
      requireKept(reading.rounds(), seed);
      if (strict) {
        assertThat(reading.clues()).as("seed %d", seed).allMatch(Clue::verified);
      }
      rounds += reading.rounds().size();
      clues += reading.clues().size();
      corrected += (int) events.stream().filter(RoundRepaired.class::isInstance).count();
    }
    assertThat(rounds).isGreaterThan(200);
    assertThat(clues).as("of %d rounds", rounds).isGreaterThan(20);
    assertThat(corrected).as("of %d rounds", rounds).isGreaterThan(rounds / 2);
  }

  /** No clue is empty or said twice, and the clues of a round begin with the newest of the last. */
  private static void requireKept(List<Round> rounds, long seed) {
    List<String> before = List.of();
    for (Round round : rounds) {
      List<String> now = round.clues().stream().map(Clue::text).toList();
      Set<String> different = new HashSet<>(now);
      assertThat(different).as("seed %d", seed).hasSameSizeAs(now).noneMatch(String::isBlank);
      List<String> kept = before.stream().dropWhile(clue -> !different.contains(clue)).toList();
      assertThat(now.subList(0, kept.size())).as("seed %d", seed).isEqualTo(kept);
      before = now;
    }
  }
}
