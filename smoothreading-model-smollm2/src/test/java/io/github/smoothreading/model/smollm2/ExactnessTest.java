package io.github.smoothreading.model.smollm2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.BackendProvider;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.ResourceModel;
import io.github.smoothreading.summary.ModelSummarizer;
import io.github.smoothreading.text.TextSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the default model writes depends on the text alone: not on drafts, on readings beside it, or
 * on copies of its memory.
 *
 * <p>More than 200 rounds, some minutes: {@code mvn -pl smoothreading-model-smollm2 -am test
 * -Dtest=ExactnessTest -Dsurefire.failIfNoSpecifiedTests=false -Dreadings=16}.
 */
class ExactnessTest {
  /** Logits closer than this may fall either way when sums are taken in another order. */
  private static final float TOO_CLOSE = 1e-3f;

  private static final int READINGS = Integer.getInteger("readings", 4);
  private static final int CHARS = 2_700;

  /** At least; a reading has some more. */
  private static final int ROUNDS = READINGS * 25 / 2;

  private static final int THREADS = 8;

  /** Small, so that the window moves within a reading. */
  private static final ReadingOptions OPTIONS =
      ReadingOptions.builder()
          .window(512)
          .chunk(64)
          .round(112)
          .answerTokens(32)
          .stop(StopPolicy.never())
          .build();

  private static ReadingBackend backend;
  private static List<Watched> alone;

  @BeforeAll
  static void open() {
    BackendOptions options = BackendOptions.builder().compute(Compute.FP32).build();
    BackendProvider provider = ServiceLoader.load(BackendProvider.class).iterator().next();
    backend = provider.open(new SmolLm2().folder(ResourceModel.defaultCache()), options);
    alone = new ArrayList<>();
    for (int i = 0; i < READINGS; i++) {
      alone.add(read(i, Watched::drafted));
    }
    report("alone, drafted", alone);
    assertThat(alone.stream().mapToInt(Watched::rounds).sum()).isGreaterThanOrEqualTo(ROUNDS);
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static Watched read(int seed, Function<ReadingBackend, Watched> how) {
    Material material = Material.of(seed, CHARS);
    Watched watched = how.apply(backend);
    try (SmoothReader reader =
        SmoothReader.builder().summarizer(new ModelSummarizer(watched)).build()) {
      Reading reading = reader.read(TextSource.of(material.text()), material.question(), OPTIONS);
      assertThat(reading.coverage().complete()).as("%s", reading.outcome()).isTrue();
    }
    return watched;
  }

  private static List<Watched> together(Function<ReadingBackend, Watched> how) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Watched>> tasks = new ArrayList<>();
      for (int i = 0; i < READINGS; i++) {
        int seed = i;
        tasks.add(threads.submit(() -> read(seed, how)));
      }
      List<Watched> readings = new ArrayList<>();
      for (Future<Watched> task : tasks) {
        readings.add(task.get());
      }
      return readings;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void readingsSideBySideWriteWhatEachWritesAlone() throws Exception {
    requireSame(alone, together(Watched::drafted), "side by side, drafted");
  }

  @Test
  void draftsChangeNothing() throws Exception {
    requireSame(alone, together(Watched::undrafted), "side by side, undrafted");
  }

  @Test
  void forksAndSavedCopiesGoOnBitForBit() {
    for (int i = 0; i < READINGS; i++) {
      List<Watched.Move> expected = alone.get(i).moves();
      List<Watched.Move> got = read(i, Watched::goingOnFromCopies).moves();
      assertThat(got).hasSameSizeAs(expected);
      for (int m = 0; m < got.size(); m++) {
        Generation a = expected.get(m).generation();
        Generation b = got.get(m).generation();
        assertThat(b.tokens()).as("reading %d, step %d", i, m).isEqualTo(a.tokens());
        assertThat(b.margins()).as("reading %d, step %d", i, m).isEqualTo(a.margins());
        assertThat(b.probes()).as("reading %d, step %d", i, m).isDeepEqualTo(a.probes());
      }
    }
  }

  private static void requireSame(List<Watched> expected, List<Watched> got, String what) {
    int rounds = 0;
    int close = 0;
    for (int i = 0; i < READINGS; i++) {
      if (same(expected.get(i).moves(), got.get(i).moves(), i)) {
        rounds += got.get(i).rounds();
      } else {
        close++;
      }
    }
    report(what, got);
    System.out.printf("  %d rounds the same, %d readings parted at a tie%n", rounds, close);
    assertThat(rounds).isGreaterThanOrEqualTo(ROUNDS);
  }

  /** Whether all tokens are equal; if not, the first difference must be too close to call. */
  private static boolean same(List<Watched.Move> expected, List<Watched.Move> got, int reading) {
    for (int m = 0; m < expected.size(); m++) {
      Generation a = expected.get(m).generation();
      Generation b = got.get(m).generation();
      int n = Math.min(a.tokens().length, b.tokens().length);
      int at = Arrays.mismatch(a.tokens(), 0, n, b.tokens(), 0, n);
      if (at >= 0) {
        assertThat(Math.min(a.margins()[at], b.margins()[at]))
            .as("reading %d, step %d, token %d", reading, m, at)
            .isLessThanOrEqualTo(TOO_CLOSE);
        return false;
      }
      assertThat(b.tokens()).as("reading %d, step %d", reading, m).isEqualTo(a.tokens());
      assertThat(got.get(m).position()).isEqualTo(expected.get(m).position());
    }
    assertThat(got).hasSameSizeAs(expected);
    return true;
  }

  private static void report(String what, List<Watched> readings) {
    List<Generation> all =
        readings.stream()
            .flatMap(reading -> reading.moves().stream().map(Watched.Move::generation))
            .toList();
    System.out.printf(
        "%s: %d rounds, %d tokens written, %d of them from drafts%n",
        what,
        readings.stream().mapToInt(Watched::rounds).sum(),
        all.stream().mapToInt(generation -> generation.tokens().length).sum(),
        all.stream().mapToInt(Generation::accepted).sum());
  }
}
