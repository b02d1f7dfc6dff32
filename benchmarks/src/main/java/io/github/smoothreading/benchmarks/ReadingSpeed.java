package io.github.smoothreading.benchmarks;

import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.Usage;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.summary.ModelSummarizer;
import io.github.smoothreading.text.Chunker;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How much of the raw prefill speed is left for the document when rounds are written.
 *
 * <p>Reading (memory kept, never stopping, answer included) and the bare feeding of the very same
 * chunks alternate. The tokens of the rounds count in the time, not in the speed.
 */
@Command(name = "ReadingSpeed", mixinStandardHelpOptions = true)
final class ReadingSpeed implements Callable<Integer> {
  @Option(names = "--tokens", defaultValue = "16384", description = "Length of each text.")
  private int tokens;

  @Option(names = "--pairs", defaultValue = "3", description = "Pairs of runs for each text.")
  private int pairs;

  @Option(names = "--threads", defaultValue = "0", description = "0: all processors.")
  private int threads;

  @Option(names = "--model", description = "Folder of another model than the default one.")
  private @Nullable Path model;

  @Option(names = "--repository", defaultValue = ".", description = "Where the texts are.")
  private Path repository = Path.of(".");

  private record Run(double seconds, Usage usage) {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new ReadingSpeed()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(Machine.describe());
    BackendOptions options = BackendOptions.builder().threads(threads).build();
    try (ReadingBackend backend = Models.open(model, options);
        SmoothReader reader =
            SmoothReader.builder().summarizer(new ModelSummarizer(backend)).build()) {
      warmUp(backend, reader);
      System.out.println(
          "text                tokens rounds |   read/s    raw/s  ratio         (range) |"
              + "     fed generated accepted");
      for (Texts text : Texts.values()) {
        measure(text, backend, reader);
      }
    }
    return 0;
  }

  private void warmUp(ReadingBackend backend, SmoothReader reader) throws IOException {
    String text = Texts.MOBY_DICK.head(repository, backend.tokenizer(), 4096);
    read(reader, Texts.MOBY_DICK, text);
    Feeding.seconds(backend, chunks(backend, text));
  }

  private void measure(Texts text, ReadingBackend backend, SmoothReader reader) throws IOException {
    String head = text.head(repository, backend.tokenizer(), tokens);
    List<int[]> chunks = chunks(backend, head);
    List<Double> readSpeeds = new ArrayList<>();
    List<Double> rawSpeeds = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    Usage usage = new Usage(0, 0, 0, 0, 0, 0);
    for (int pair = 0; pair < pairs; pair++) {
      // Which one comes first changes: a machine that gets slower must favour neither.
      double raw = pair % 2 == 0 ? Feeding.seconds(backend, chunks) : 0;
      Run run = read(reader, text, head);
      raw = pair % 2 == 0 ? raw : Feeding.seconds(backend, chunks);
      usage = run.usage();
      readSpeeds.add(usage.tokensRead() / run.seconds());
      rawSpeeds.add(usage.tokensRead() / raw);
      ratios.add(raw / run.seconds());
    }
    System.out.printf(
        "%-18s %7d %6d | %8.0f %8.0f %6.3f %15s | %7d %9d %8d%n",
        text.title,
        usage.tokensRead(),
        usage.rounds(),
        Medians.of(readSpeeds),
        Medians.of(rawSpeeds),
        Medians.of(ratios),
        "(%.3f-%.3f)"
            .formatted(
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow()),
        usage.tokensFed(),
        usage.tokensGenerated(),
        usage.tokensAccepted());
  }

  private static Run read(SmoothReader reader, Texts text, String head) {
    ReadingOptions options = ReadingOptions.builder().stop(StopPolicy.never()).build();
    long begun = System.nanoTime();
    Reading reading = reader.read(TextSource.of(head), text.question, options);
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (!reading.coverage().complete()) {
      throw new IllegalStateException("the text was not read to its end: " + reading.outcome());
    }
    return new Run(seconds, reading.usage());
  }

  private static List<int[]> chunks(ReadingBackend backend, String text) {
    List<int[]> ids = new ArrayList<>();
    try (Chunker.Chunks chunks =
        Chunker.bySeparators()
            .cut(TextSource.of(text), backend.tokenizer(), backend.model().chunk())) {
      chunks.forEachRemaining(chunk -> ids.add(chunk.ids()));
    }
    return ids;
  }
}
