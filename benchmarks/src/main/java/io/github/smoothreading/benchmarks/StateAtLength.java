package io.github.smoothreading.benchmarks;

import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.BackendProvider;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Limits;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A state keeps its size and its numbers however many tokens it takes in: random tokens, with a
 * short generation now and then whose logits must be finite.
 *
 * <p>Written for RWKV-7, whose memory is added to for ever; its golden model is the default.
 */
@Command(name = "StateAtLength", mixinStandardHelpOptions = true)
final class StateAtLength implements Callable<Integer> {
  private static final String GOLDEN = "smoothreading-core/src/test/resources/goldens/rwkv7";
  private static final int PASS = 512;

  @Option(names = "--tokens", defaultValue = "1000000", description = "How many to take in.")
  private long tokens;

  @Option(names = "--every", defaultValue = "100000", description = "Where to print.")
  private long every;

  @Option(names = "--vocabulary", defaultValue = "160", description = "Ids are drawn below this.")
  private int vocabulary;

  @Option(names = "--seed", defaultValue = "1", description = "Of the tokens.")
  private long seed;

  @Option(names = "--model", defaultValue = GOLDEN, description = "Model folder.")
  private Path model = Path.of(GOLDEN);

  public static void main(String[] args) {
    System.exit(new CommandLine(new StateAtLength()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(Machine.describe());
    BackendProvider provider =
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(candidate -> candidate.supports(model))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no backend reads " + model));
    BackendOptions options = BackendOptions.builder().compute(Compute.FP32).build();
    Random random = new Random(seed);
    System.out.printf("%10s %14s %14s %10s%n", "tokens", "saved bytes", "state bytes", "margin");
    long begun = System.nanoTime();
    try (ReadingBackend backend = provider.open(model, options);
        ReadingState state = backend.newState(1024, 736)) {
      long next = every;
      while (state.position() < tokens) {
        int[] ids = random.ints(PASS, 0, vocabulary).toArray();
        backend.advance(Step.feed(state, ids, limits()));
        if (state.position() >= next || state.position() >= tokens) {
          next += every;
          float margin = margin(backend, state);
          System.out.printf(
              "%,10d %,14d %,14d %10.4f%n",
              state.position(), saved(state), backend.stateBytes(1024), margin);
          if (!Float.isFinite(margin)) {
            System.out.println("the logits are no numbers any more");
            return 1;
          }
        }
      }
      System.out.printf("%,.0f tokens/s%n", state.position() / ((System.nanoTime() - begun) / 1e9));
    }
    return 0;
  }

  private static float margin(ReadingBackend backend, ReadingState state) {
    Step step = new Step(state, new int[] {1}, new int[0], new int[0], limits().withMaxTokens(2));
    Generation generation = backend.advance(step);
    return generation.margins()[1];
  }

  private static Limits limits() {
    return new Limits(0, Set.of(), new int[0], () -> false);
  }

  private static long saved(ReadingState state) throws IOException {
    long[] count = {0};
    state.save(
        new OutputStream() {
          @Override
          public void write(int b) {
            count[0]++;
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            count[0] += length;
          }
        });
    return count[0];
  }
}
