package io.github.smoothreading;

import static io.github.smoothreading.Hay.NEEDLE;
import static io.github.smoothreading.Hay.QUESTION;
import static io.github.smoothreading.Hay.SECOND;
import static io.github.smoothreading.Hay.WINDOW;
import static io.github.smoothreading.Hay.hay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.ReadingEvent.ClueFound;
import io.github.smoothreading.ReadingEvent.Finished;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.ModelSummarizer;
import io.github.smoothreading.summary.ReadingMode;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readings that end before the text does, and readings that go on where another one was. */
class UnfinishedReadingTest {
  private final RuleReader rule = new RuleReader(WINDOW);
  private final SmoothReader reader = new SmoothReader(new ModelSummarizer(rule));

  private static ReadingOptions never() {
    return ReadingOptions.builder().stop(StopPolicy.never()).build();
  }

  @Test
  void a_token_budget_ends_before_the_chunk_that_would_exceed_it() {
    Reading reading =
        reader.read(
            TextSource.of(hay(300, 1)),
            QUESTION,
            ReadingOptions.builder().tokenBudget(2_000).build());
    assertThat(reading.outcome()).isEqualTo(new Outcome.Ended(Outcome.Cause.BUDGET));
    assertThat(reading.usage().tokensRead()).isLessThanOrEqualTo(2_000).isGreaterThan(1_400);
    assertThat(reading.coverage().complete()).isFalse();
  }

  @Test
  void a_deadline_and_an_interrupt_end_with_what_there_is() {
    Reading late =
        reader.read(
            TextSource.of(hay(300, 1)),
            QUESTION,
            ReadingOptions.builder().deadline(Duration.ZERO).build());
    assertThat(late.outcome()).isEqualTo(new Outcome.Ended(Outcome.Cause.DEADLINE));

    Thread.currentThread().interrupt();
    Reading interrupted = reader.read(TextSource.of(hay(300, 1)), QUESTION);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted.outcome()).isEqualTo(new Outcome.Ended(Outcome.Cause.CANCEL));
  }

  @Test
  void cancel_in_the_background_completes_with_the_clues_so_far() {
    String text = hay(60, 1) + NEEDLE + " " + hay(2_000, 2);
    java.util.concurrent.atomic.AtomicReference<ReadingTask> task =
        new java.util.concurrent.atomic.AtomicReference<>();
    java.util.concurrent.CountDownLatch started = new java.util.concurrent.CountDownLatch(1);
    ReadingOptions options =
        never().toBuilder()
            .listener(
                event -> {
                  if (event instanceof ClueFound) {
                    try {
                      started.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                    task.get().cancel();
                  }
                })
            .build();
    task.set(reader.start(TextSource.of(text), QUESTION, options));
    started.countDown();
    Reading reading = task.get().future().join();
    assertThat(reading.outcome()).isEqualTo(new Outcome.Ended(Outcome.Cause.CANCEL));
    assertThat(reading.clues()).extracting(Clue::text).containsExactly(NEEDLE);
    assertThat(task.get().events()).last().isEqualTo(new Finished(reading));
  }

  @Test
  void a_failing_engine_yields_a_partial_reading() {
    rule.failAfter = 6;
    Reading reading =
        reader.read(TextSource.of(hay(20, 1) + NEEDLE + " " + hay(400, 2)), QUESTION, never());
    assertThat(reading.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) reading.outcome()).error()).hasMessageContaining("on fire");
    assertThat(reading.clues()).extracting(Clue::text).containsExactly(NEEDLE);
  }

  @ParameterizedTest
  @EnumSource(ReadingMode.class)
  void resuming_after_any_chunk_gives_what_never_stopping_gives(
      ReadingMode mode, @TempDir Path folder) throws IOException {
    String text = hay(60, 1) + NEEDLE + " " + hay(120, 2) + SECOND + " " + hay(40, 3);
    TextSource source = TextSource.of("t", text);
    ReadingOptions options = never().toBuilder().mode(mode).build();
    Reading whole = reader.read(source, QUESTION, options);
    List<Path> copies = new ArrayList<>();
    Path file = folder.resolve("reading.checkpoint");
    ReadingListener keep =
        event -> {
          if (event instanceof ReadingEvent.CheckpointWritten written) {
            Path copy = folder.resolve("copy-" + copies.size());
            try {
              Files.copy(written.file(), copy);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
            copies.add(copy);
          }
        };
    reader.read(source, QUESTION, options.toBuilder().checkpoint(file).listener(keep).build());
    if (mode != ReadingMode.ONE_ROUND) {
      assertThat(copies).hasSize(whole.rounds().size() - 1);
    }
    for (Path copy : copies) {
      Reading resumed = reader.resume(copy, source, never());
      assertThat(resumed.outcome()).isEqualTo(whole.outcome());
      assertThat(resumed.clues()).isEqualTo(whole.clues());
      assertThat(resumed.rounds()).isEqualTo(whole.rounds());
      assertThat(resumed.coverage()).isEqualTo(whole.coverage());
      assertThat(resumed.usage()).isEqualTo(whole.usage());
    }
  }

  @Test
  void a_checkpoint_is_refused_for_another_text(@TempDir Path folder) {
    Path file = folder.resolve("reading.checkpoint");
    String text = hay(100, 1);
    reader.read(TextSource.of("t", text), QUESTION, never().toBuilder().checkpoint(file).build());
    String other = text.replaceFirst("number", "NUMBER");
    assertThatThrownBy(() -> reader.resume(file, TextSource.of("t", other), never()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another text");
  }
}
