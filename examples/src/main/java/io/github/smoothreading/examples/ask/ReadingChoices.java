package io.github.smoothreading.examples.ask;

import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.summary.ReadingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to read, from the command line. */
final class ReadingChoices {
  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = ModeChoice.class,
      defaultValue = "kept",
      description = "What is kept between chunks: kept, dropped or one-round. Default: kept.")
  private ReadingMode mode = ReadingMode.KEPT;

  @Option(
      names = "--window",
      paramLabel = "TOKENS",
      description = "The window W. Default: the model's.")
  private int window;

  @Option(
      names = "--chunk",
      paramLabel = "TOKENS",
      description = "The longest chunk C. Default: the model's, usually half the window.")
  private int chunk;

  @Option(
      names = "--round",
      paramLabel = "TOKENS",
      description = "The room R for a round. Default: the model's.")
  private int round;

  @Option(
      names = "--stop",
      paramLabel = "WHEN",
      converter = StopChoice.class,
      defaultValue = "model",
      description =
          "When to stop before the end: model (it says so), a probability such as 0.9, verified (it"
              + " says so and its clues stand in the text), or never. Default: model.")
  private StopPolicy stop = StopPolicy.whenModelSays();

  @Option(
      names = "--strict",
      description = "Let the model note nothing but quotations, word for word.")
  private boolean strict;

  @Option(
      names = "--force",
      description = "Read even with a window, chunk and round that cannot work.")
  private boolean force;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      description = "End after so many seconds with what there is.")
  private @Nullable Double deadline;

  @Option(
      names = "--max-tokens",
      paramLabel = "TOKENS",
      description = "Read at most so many tokens of the document.")
  private long tokenBudget;

  ReadingOptions.ReadingOptionsBuilder toOptions() {
    ReadingOptions.ReadingOptionsBuilder options =
        ReadingOptions.builder()
            .mode(mode)
            .window(window)
            .chunk(chunk)
            .round(round)
            .strict(strict)
            .stop(stop)
            .force(force)
            .tokenBudget(tokenBudget);
    if (deadline != null) {
      options.deadline(Duration.ofMillis(Math.round(deadline * 1000)));
    }
    return options;
  }
}
