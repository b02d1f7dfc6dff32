package io.github.smoothreading.backend.djl;

import static io.github.smoothreading.backend.djl.TestModels.NONE;
import static io.github.smoothreading.backend.djl.TestModels.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Limits;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.state.ReadingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forks, saved copies and rewound states go on exactly like the original. */
class StateTest {
  private static final int VOCABULARY = 128;
  private static final int WINDOW = 24;

  @TempDir static Path temp;

  /** The golden model whose states these are. */
  String model() {
    return "llama-untied";
  }

  ReadingBackend open(Compute compute) throws IOException {
    Path folder = TestModels.folder(temp, model());
    return new DjlBackendProvider().open(folder, TestModels.options(compute));
  }

  static byte[] saved(ReadingState state) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    state.save(out);
    return out.toByteArray();
  }

  static void requireIdentical(Generation a, Generation b) {
    assertThat(b.tokens()).isEqualTo(a.tokens());
    assertThat(b.margins()).isEqualTo(a.margins());
    assertThat(Arrays.deepToString(b.probes())).isEqualTo(Arrays.deepToString(a.probes()));
  }

  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void forkAndSavedCopyGoOnIdentically(Compute compute) throws IOException {
    Random random = TestModels.seeded("forkAndSavedCopyGoOnIdentically " + compute);
    try (ReadingBackend backend = open(compute);
        ReadingState state = backend.newState(WINDOW, 16)) {
      for (int i = 0; i < 30; i++) {
        TestModels.generate(
            backend, state, TestModels.random(random, 1 + random.nextInt(70), VOCABULARY), 8);
        byte[] bytes = saved(state);
        try (ReadingState fork = state.fork();
            ReadingState loaded = backend.loadState(new ByteArrayInputStream(bytes))) {
          assertThat(saved(fork)).isEqualTo(bytes);
          assertThat(saved(loaded)).isEqualTo(bytes);
          assertThat(loaded.position()).isEqualTo(state.position());
          int[] append = i % 3 == 0 ? NONE : TestModels.random(random, 20, VOCABULARY);
          Generation original = TestModels.generate(backend, state, append, 10);
          requireIdentical(original, TestModels.generate(backend, fork, append, 10));
          requireIdentical(original, TestModels.generate(backend, loaded, append, 10));
        }
      }
    }
  }

  /** What a rewound state generates: here the very same. */
  void requireSameMemory(Generation expected, Generation rewound) {
    requireIdentical(expected, rewound);
  }

  @Test
  void rewoundStateGoesOnLikeAFreshOne() throws IOException {
    Random random = TestModels.seeded("rewoundStateGoesOnLikeAFreshOne");
    try (ReadingBackend backend = open(Compute.FP32);
        ReadingState plain = backend.newState(WINDOW, 16);
        ReadingState rewound = backend.newState(WINDOW, 16)) {
      for (int i = 0; i < 200; i++) {
        int[] append = TestModels.random(random, 1 + random.nextInt(50), VOCABULARY);
        feed(backend, plain, append);
        feed(backend, rewound, append);
        int undone = 1 + random.nextInt(16);
        feed(backend, rewound, TestModels.random(random, undone, VOCABULARY));
        rewound.rewind(undone);
        assertThat(rewound.position()).isEqualTo(plain.position());
        if (i % 20 == 19) {
          int[] last = TestModels.random(random, 3, VOCABULARY);
          Generation expected = TestModels.generate(backend, plain, last, 5);
          requireSameMemory(expected, TestModels.generate(backend, rewound, last, 5));
        }
      }
    }
  }

  static void feed(ReadingBackend backend, ReadingState state, int[] tokens) {
    backend.advance(Step.feed(state, tokens, limits(0)));
  }

  @Test
  void rewindBeyondTheLimitIsRefused() throws IOException {
    try (ReadingBackend backend = open(Compute.FP32);
        ReadingState state = backend.newState(WINDOW, 16)) {
      assertThatThrownBy(() -> state.rewind(1)).isInstanceOf(IllegalArgumentException.class);
      feed(backend, state, TestModels.random(new Random(1), 10, VOCABULARY));
      assertThatThrownBy(() -> state.rewind(11)).hasMessageContaining("at most 10 of the 10");
      state.rewind(10);
      assertThat(state.position()).isZero();
      for (int i = 0; i < 40; i++) {
        feed(backend, state, TestModels.random(new Random(1), 100, VOCABULARY));
        assertThatThrownBy(() -> state.rewind(17)).hasMessageContaining("at most 16");
      }
      state.rewind(16);
    }
  }

  @Test
  void windowsThatTheModelCannotHaveAreRefused() throws IOException {
    try (ReadingBackend backend = TestModels.open(TestModels.folder(temp, "llama-tied"))) {
      assertThatThrownBy(() -> backend.newState(5000, 0)).hasMessageContaining("1 to 4,096");
    }
  }

  @Test
  void damagedOrForeignSavedStatesAreRefused() throws IOException {
    byte[] bytes;
    try (ReadingBackend backend = open(Compute.FP32);
        ReadingState state = backend.newState(WINDOW, 16)) {
      TestModels.generate(backend, state, TestModels.random(new Random(3), 90, VOCABULARY), 4);
      bytes = saved(state);
      for (int cut : new int[] {0, 3, 40, bytes.length / 2, bytes.length - 1}) {
        assertThatThrownBy(() -> backend.loadState(new ByteArrayInputStream(bytes, 0, cut)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("cut short");
      }
      Random random = TestModels.seeded("damagedOrForeignSavedStatesAreRefused");
      for (int i = 0; i < 100; i++) {
        byte[] damaged = bytes.clone();
        damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        assertThatThrownBy(() -> backend.loadState(new ByteArrayInputStream(damaged)))
            .isInstanceOf(IOException.class);
      }
    }
    Path other = TestModels.folder(temp, "qwen2-untied");
    try (ReadingBackend backend =
        new DjlBackendProvider().open(other, TestModels.options(Compute.FP32))) {
      assertThatThrownBy(() -> backend.loadState(new ByteArrayInputStream(bytes)))
          .hasMessageContaining("belongs to another model");
    }
    try (ReadingBackend backend = open(Compute.BF16)) {
      assertThatThrownBy(() -> backend.loadState(new ByteArrayInputStream(bytes)))
          .hasMessageContaining("fp32");
    }
  }

  @Test
  void closingIsSafeAtAnyTime() throws Exception {
    ReadingBackend backend = open(Compute.FP32);
    ReadingState state = backend.newState(WINDOW, 16);
    CountDownLatch running = new CountDownLatch(1);
    Limits endless =
        new Limits(
            1_000_000,
            Set.of(),
            NONE,
            () -> {
              running.countDown();
              return false;
            });
    CompletableFuture<Generation> step =
        CompletableFuture.supplyAsync(
            () -> backend.advance(new Step(state, new int[] {1}, NONE, NONE, endless)));
    running.await();
    assertThatThrownBy(() -> state.rewind(0)).hasMessageContaining("in use");
    state.close();
    assertThatThrownBy(step::join).hasCauseInstanceOf(IllegalStateException.class);

    ReadingState second = backend.newState(WINDOW, 16);
    CompletableFuture<Generation> other =
        CompletableFuture.supplyAsync(
            () -> backend.advance(new Step(second, new int[] {1}, NONE, NONE, endless)));
    Thread.sleep(50);
    backend.close();
    assertThatThrownBy(other::join).hasCauseInstanceOf(IllegalStateException.class);
    second.close();
    backend.close();
    assertThatThrownBy(() -> backend.newState(WINDOW, 0)).hasMessageContaining("closed");
    assertThatThrownBy(() -> backend.tokenizer().encode("a")).hasMessageContaining("closed");
  }

  @Test
  void backendsShareOneModelAndCloseOnTheirOwn() throws IOException {
    try (ReadingBackend first = open(Compute.FP32)) {
      ReadingBackend second = open(Compute.FP32);
      assertThat(((DjlBackend) second).loaded()).isSameAs(((DjlBackend) first).loaded());
      ReadingState lost = second.newState(WINDOW, 0);
      ReadingState kept = first.newState(WINDOW, 0);
      second.close();
      assertThat(TestModels.generate(first, kept, new int[] {1}, 2).tokens()).hasSize(2);
      assertThatThrownBy(() -> TestModels.generate(first, lost, new int[] {1}, 2))
          .isInstanceOf(RuntimeException.class);
      kept.close();
    }
  }
}
