package io.github.smoothreading.benchmarks;

import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.SmoothReaderBuilder;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.benchmarks.MemoryGauge.Point;
import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Memory does not grow with the text: anonymous resident size and heap, early and late in one
 * reading that never stops.
 *
 * <p>The text is a book, streamed again and again.
 */
@Command(name = "MemoryAtLength", mixinStandardHelpOptions = true)
final class MemoryAtLength implements Callable<Integer> {
  /** More characters than a token of the book has on average. */
  private static final int CHARS_PER_TOKEN = 6;

  @Option(names = "--tokens", defaultValue = "1000000", description = "Where to measure last.")
  private long tokens;

  @Option(names = "--first", defaultValue = "50000", description = "Where to measure first.")
  private long first;

  @Option(names = "--every", defaultValue = "100000", description = "And in between.")
  private long every;

  @Option(names = "--chunk", defaultValue = "0", description = "C in tokens; 0: the model's.")
  private int chunk;

  @Option(names = "--model", description = "Folder of another model than the default one.")
  private @Nullable Path model;

  @Option(names = "--repository", defaultValue = ".", description = "Where the book is.")
  private Path repository = Path.of(".");

  public static void main(String[] args) {
    System.exit(new CommandLine(new MemoryAtLength()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(Machine.describe());
    System.out.printf("%10s %8s %14s %12s%n", "tokens", "rounds", "RssAnon MiB", "heap MiB");
    MemoryGauge gauge = new MemoryGauge(first, every);
    SmoothReaderBuilder builder = SmoothReader.builder();
    if (model != null) {
      builder.model(model);
    }
    try (SmoothReader reader = builder.build()) {
      int longest = chunk > 0 ? chunk : reader.capacity().chunk();
      ReadingOptions options =
          ReadingOptions.builder()
              .stop(StopPolicy.never())
              .chunk(chunk)
              // The chunk that passes the last mark is still read, no other.
              .tokenBudget(tokens + longest)
              .listener(gauge)
              .build();
      reader.read(source(), Texts.MOBY_DICK.question, options);
    }
    compare(gauge.points());
    return 0;
  }

  private TextSource source() throws IOException {
    Path book = repository.resolve(Texts.BOOK);
    long length;
    try (Reader once = Texts.open(book)) {
      length = once.transferTo(Writer.nullWriter());
    }
    int times = Math.toIntExact(CHARS_PER_TOKEN * tokens / length + 1);
    Part part =
        new Part(
            "book", "", times * length, () -> new RepeatedReader(() -> Texts.open(book), times));
    return TextSource.ofParts(List.of(part));
  }

  private static void compare(List<Point> points) {
    Point early = points.get(0);
    Point late = points.get(points.size() - 1);
    System.out.printf(
        "%d to %d tokens: RssAnon x %.3f, heap x %.3f%n",
        early.tokens(),
        late.tokens(),
        (double) late.anonymous() / early.anonymous(),
        (double) late.heap() / early.heap());
  }
}
