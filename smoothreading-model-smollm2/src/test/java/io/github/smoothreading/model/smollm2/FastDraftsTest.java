package io.github.smoothreading.model.smollm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.BackendProvider;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.ResourceModel;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.ModelSummarizer;
import io.github.smoothreading.text.TextSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * In 8 bits a drafted token is judged by a pass over many tokens and an undrafted one by a pass
 * over one, which round differently. At least 99 of 100 readings must come to the same clues and
 * answer all the same.
 *
 * <p>By default few readings are made; {@code -Dreadings=200} makes the whole measurement.
 */
class FastDraftsTest {
  private static final int READINGS = Integer.getInteger("readings", 40);

  /** About 150 tokens. */
  private static final int CHARS = 620;

  private record Result(List<String> clues, String answer, boolean right) {}

  @Test
  void draftedReadingsInEightBitsComeToTheSame() throws Exception {
    BackendOptions options = BackendOptions.builder().compute(Compute.INT8).build();
    BackendProvider provider = ServiceLoader.load(BackendProvider.class).iterator().next();
    List<Result> drafted;
    List<Result> undrafted;
    try (ReadingBackend backend = open(provider, options)) {
      drafted = read(backend, Watched::drafted);
      undrafted = read(backend, Watched::undrafted);
    }
    int same = 0;
    for (int i = 0; i < READINGS; i++) {
      if (drafted.get(i).equals(undrafted.get(i))) {
        same++;
      } else {
        System.out.printf("reading %d: %s, undrafted %s%n", i, drafted.get(i), undrafted.get(i));
      }
    }
    System.out.printf(
        "%d of %d readings the same; %d right drafted, %d undrafted%n",
        same,
        READINGS,
        drafted.stream().filter(Result::right).count(),
        undrafted.stream().filter(Result::right).count());
    assertThat(READINGS - same).isLessThanOrEqualTo(Math.max(1, READINGS / 100));
  }

  private static ReadingBackend open(BackendProvider provider, BackendOptions options) {
    try {
      return provider.open(new SmolLm2().folder(ResourceModel.defaultCache()), options);
    } catch (BackendException e) {
      assumeTrue(!e.getMessage().contains("INT8 needs a CPU"), e.getMessage());
      throw e;
    }
  }

  /** Four at a time: fewer rows than make the backend take its path for many. */
  private static List<Result> read(ReadingBackend backend, Function<ReadingBackend, Watched> how)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Result>> tasks = new ArrayList<>();
      for (int i = 0; i < READINGS; i++) {
        int seed = 1_000 + i;
        tasks.add(threads.submit(() -> read(Material.of(seed, CHARS), how.apply(backend))));
      }
      List<Result> results = new ArrayList<>();
      for (Future<Result> task : tasks) {
        results.add(task.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Result read(Material material, Watched watched) {
    ReadingOptions options = ReadingOptions.builder().window(1024).build();
    try (SmoothReader reader =
        SmoothReader.builder().summarizer(new ModelSummarizer(watched)).build()) {
      Reading reading = reader.read(TextSource.of(material.text()), material.question(), options);
      String answer = reading.answer().orElse("");
      return new Result(
          reading.clues().stream().map(Clue::text).toList(),
          answer,
          answer.equals(material.answer()));
    }
  }
}
