package io.github.smoothreading.backend.djl;

import static io.github.smoothreading.backend.djl.TestModels.NONE;
import static io.github.smoothreading.backend.djl.TestModels.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Generation.End;
import io.github.smoothreading.backend.Limits;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step generates does not depend on drafts, neighbours or the history of the buffer. */
class GenerationTest {
  private static final int VOCABULARY = 160;
  private static final int WINDOW = 32;

  @TempDir static Path temp;
  private ReadingBackend backend;
  private int compared;
  private int accepted;

  /** The golden model that generates. */
  String model() {
    return "llama-tied";
  }

  @BeforeEach
  void open() throws IOException {
    backend = TestModels.open(TestModels.folder(temp, model()));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  /**
   * One reading of random chunks; each step's draft is made by {@code drafts} from the plain
   * result.
   */
  private interface Drafts {
    int[] of(Random random, int[] plain);
  }

  private void compare(Random random, int steps, Drafts drafts, boolean lookup) {
    try (ReadingState plain = backend.newState(WINDOW, 20);
        ReadingState drafted = backend.newState(WINDOW, 7)) {
      for (int i = 0; i < steps; i++) {
        int[] append = TestModels.random(random, 1 + random.nextInt(60), VOCABULARY);
        Limits limits =
            limits(1 + random.nextInt(30), random.nextInt(VOCABULARY), random.nextInt(VOCABULARY));
        Generation a = backend.advance(new Step(plain, append, NONE, NONE, limits));
        int[] found = lookup ? joined(append, a.tokens(), append) : NONE;
        Generation b =
            backend.advance(
                new Step(drafted, append, drafts.of(random, a.tokens()), found, limits));
        if (!requireSame(a, b)) {
          return; // two logits too close to call: the readings went different ways
        }
        assertThat(drafted.position()).isEqualTo(plain.position());
        assertThat(b.end()).isEqualTo(a.end());
        compared++;
        accepted += b.accepted();
      }
    }
  }

  /** Equal token by token; a first difference is allowed only where the margin is tiny. */
  private static boolean requireSame(Generation a, Generation b) {
    int n = Math.min(a.tokens().length, b.tokens().length);
    for (int i = 0; i < n; i++) {
      if (a.tokens()[i] != b.tokens()[i]) {
        assertThat(Math.min(a.margins()[i], b.margins()[i])).isLessThan(1e-3f);
        return false;
      }
      assertThat(b.probes()[i]).usingComparatorWithPrecision(2e-3f).containsExactly(a.probes()[i]);
    }
    assertThat(b.tokens()).isEqualTo(a.tokens());
    return true;
  }

  private static int[] joined(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }

  @Test
  void draftsChangeNothing() {
    Random random = TestModels.seeded("draftsChangeNothing");
    compare(random, 60, (r, plain) -> plain, false);
    compare(random, 60, (r, plain) -> TestModels.random(r, r.nextInt(40), VOCABULARY), false);
    compare(random, 60, GenerationTest::partlyRight, false);
    compare(random, 60, (r, plain) -> NONE, true);
    compare(random, 60, GenerationTest::partlyRight, true);
    assertThat(compared).as("steps compared").isGreaterThan(200);
    assertThat(accepted).as("drafted tokens accepted").isGreaterThan(1000);
  }

  private static int[] partlyRight(Random random, int[] plain) {
    int[] draft = joined(plain, TestModels.random(random, 5, VOCABULARY));
    draft[random.nextInt(draft.length)] = random.nextInt(VOCABULARY);
    return draft;
  }

  @Test
  void draftThatIsRightTakesOnePass() {
    Random random = TestModels.seeded("draftThatIsRightTakesOnePass");
    int[] append = TestModels.random(random, 50, VOCABULARY);
    try (ReadingState plain = backend.newState(WINDOW, 20);
        ReadingState drafted = backend.newState(WINDOW, 20)) {
      Generation a = TestModels.generate(backend, plain, append, 12);
      Generation b = backend.advance(new Step(drafted, append, a.tokens(), NONE, limits(12)));
      assertThat(b.accepted()).isEqualTo(12);
      assertThat(b.fed()).isEqualTo(50 + 11);
      assertThat(a.fed()).isEqualTo(50 + 11);
    }
  }

  @Test
  void stopTokenInsideADraftEndsTheGeneration() {
    Random random = TestModels.seeded("stopTokenInsideADraft");
    for (int i = 0; i < 20; i++) {
      int[] append = TestModels.random(random, 20, VOCABULARY);
      try (ReadingState first = backend.newState(WINDOW, 20);
          ReadingState second = backend.newState(WINDOW, 20)) {
        int[] plain = TestModels.generate(backend, first, append, 10).tokens();
        int stop = plain[4];
        int expected = 1;
        while (plain[expected - 1] != stop) {
          expected++;
        }
        Generation got = backend.advance(new Step(second, append, plain, NONE, limits(10, stop)));
        assertThat(got.tokens()).isEqualTo(Arrays.copyOf(plain, expected));
        assertThat(got.end()).isEqualTo(End.COMPLETE);
        assertThat(got.accepted()).isEqualTo(expected);
        assertThat(second.position()).isEqualTo(20 + expected - 1);
        // The stop token is left over; feeding nothing feeds it.
        Generation next = TestModels.generate(backend, second, NONE, 3);
        assertThat(next.tokens()).isEqualTo(Arrays.copyOfRange(plain, expected, expected + 3));
      }
    }
  }

  @Test
  void batchEqualsSingle() throws Exception {
    Random random = TestModels.seeded("batchEqualsSingle");
    int readings = 16;
    int steps = 15;
    List<int[][]> appends = new ArrayList<>();
    for (int i = 0; i < readings; i++) {
      int[][] own = new int[steps][];
      for (int s = 0; s < steps; s++) {
        own[s] = TestModels.random(random, 1 + random.nextInt(80), VOCABULARY);
      }
      appends.add(own);
    }
    ExecutorService threads = Executors.newFixedThreadPool(readings);
    try {
      List<Future<List<Generation>>> together = new ArrayList<>();
      for (int[][] own : appends) {
        together.add(threads.submit(() -> read(own)));
      }
      for (int i = 0; i < readings; i++) {
        List<Generation> alone = read(appends.get(i));
        List<Generation> batch = together.get(i).get();
        for (int s = 0; s < steps && requireSame(alone.get(s), batch.get(s)); s++) {}
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Generation> read(int[][] appends) {
    List<Generation> result = new ArrayList<>();
    try (ReadingState state = backend.newState(WINDOW, 20)) {
      for (int[] append : appends) {
        result.add(TestModels.generate(backend, state, append, 12));
      }
    }
    return result;
  }

  @Test
  void interruptEndsTheStep() {
    int[] append = TestModels.random(new Random(1), 30, VOCABULARY);
    try (ReadingState state = backend.newState(WINDOW, 20)) {
      AtomicInteger asked = new AtomicInteger();
      Limits limits = new Limits(50, Set.of(), NONE, () -> asked.incrementAndGet() > 4);
      Generation got = backend.advance(new Step(state, append, NONE, NONE, limits));
      assertThat(got.end()).isEqualTo(End.INTERRUPTED);
      assertThat(got.tokens()).hasSize(4);
      assertThat(state.position()).isEqualTo(33);
      assertThat(TestModels.generate(backend, state, NONE, 3).tokens()).hasSize(3);
    }
    try (ReadingState state = backend.newState(WINDOW, 20)) {
      int[] many = TestModels.random(new Random(1), 2000, VOCABULARY);
      AtomicInteger asked = new AtomicInteger();
      Limits limits = new Limits(0, Set.of(), NONE, () -> asked.incrementAndGet() > 2);
      assertThat(backend.advance(Step.feed(state, many, limits)).end()).isEqualTo(End.INTERRUPTED);
      assertThatThrownBy(() -> TestModels.generate(backend, state, many, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("interrupted");
    }
  }

  @Test
  void failureOfOneStepLeavesTheOthers() {
    int[] append = TestModels.random(new Random(2), 30, VOCABULARY);
    try (ReadingState bad = backend.newState(WINDOW, 20);
        ReadingState good = backend.newState(WINDOW, 20)) {
      Limits limits =
          new Limits(
              5,
              Set.of(),
              NONE,
              () -> {
                throw new IllegalStateException("deliberate");
              });
      assertThatThrownBy(() -> backend.advance(new Step(bad, append, NONE, NONE, limits)))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("deliberate");
      assertThat(TestModels.generate(backend, good, append, 5).tokens()).hasSize(5);
    }
  }

  @Test
  void idsOutsideTheVocabularyAreRefused() {
    try (ReadingState state = backend.newState(WINDOW, 20)) {
      for (int id : new int[] {-1, VOCABULARY, Integer.MAX_VALUE}) {
        assertThatThrownBy(() -> TestModels.generate(backend, state, new int[] {1, id}, 1))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("append[1] is " + id);
      }
      assertThatThrownBy(() -> TestModels.generate(backend, state, NONE, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("nothing to append");
      assertThat(TestModels.generate(backend, state, new int[] {1}, 1).tokens()).hasSize(1);
    }
    assertThatThrownBy(() -> backend.newState(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
