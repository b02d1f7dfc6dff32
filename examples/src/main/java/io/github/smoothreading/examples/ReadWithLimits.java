package io.github.smoothreading.examples;

import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.ReadingTask;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.text.TextSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads in the background with a deadline, cancels, and tells the four ways of ending apart. */
public final class ReadWithLimits {
  private ReadWithLimits() {}

  /** Takes a file and a question. */
  public static void main(String[] args) throws Exception {
    TextSource source = TextSource.of(Path.of(args[0]));
    String question = args[1];
    // tag::limits[]
    ReadingOptions options =
        ReadingOptions.builder()
            .deadline(Duration.ofMinutes(2))
            .tokenBudget(500_000)
            .stop(StopPolicy.atProbability(0.9).onlyWithVerifiedClues())
            .build();
    try (SmoothReader reader = SmoothReader.open()) {
      ReadingTask task = reader.start(source, question, options);
      TimeUnit.SECONDS.sleep(10);
      task.cancel(); // no effect if it is over already

      Reading reading = task.future().get();
      String result =
          switch (reading.outcome()) {
            case Outcome.Answered answered -> answered.text();
            case Outcome.NotFound notFound -> "The text does not answer this.";
            case Outcome.Ended ended ->
                "Ended by " + ended.cause() + ", clues so far: " + reading.clues();
            case Outcome.Failed failed -> "Failed: " + failed.error().getMessage();
          };
      System.out.println(result);
    }
    // end::limits[]
  }
}
