package io.github.smoothreading.examples.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.ReadingEvent.ChunkRead;
import io.github.smoothreading.ReadingEvent.ClueFound;
import io.github.smoothreading.Usage;
import io.github.smoothreading.summary.Clue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();
  private final ProgressLine line =
      new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock::get);

  @Test
  void tellsChunkSpeedCluesAndTimeLeft() {
    clock.set(20_000_000_000L);
    line.on(new ClueFound(new Clue("a", Optional.empty(), 0)));
    line.on(new ChunkRead(24, 1000, 250, 1000, new Usage(25_000, 0, 0, 0, 0, 24)));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\rchunk 25 of ~100 | 25 % | 1,250 tokens/s | 1 clue | at most 1 min 0 s left\u001b[K");
  }

  @Test
  void fitsOnOneLine() {
    clock.set(100_000_000_000_000L);
    line.on(new ChunkRead(99_999, 1000, 500, 1000, new Usage(99_999_999, 0, 0, 0, 0, 0)));

    assertThat(bytes.toString(StandardCharsets.UTF_8)).hasSizeLessThan(80 + "\r\u001b[K".length());
  }
}
