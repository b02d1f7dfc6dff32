package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.summary.ReadingMode;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The reader runs an RWKV-7 model as any other. Its weights are random, so its rounds are bad ones,
 * taken back and written again: what counts is that nothing depends on where a reading paused.
 */
class RwkvReadingTest {
  private static final String QUESTION = "Who lives in the house?";

  @TempDir Path temp;
  private Path folder;
  private String text;

  @BeforeEach
  void prepare() throws IOException {
    folder = TestModels.folder(temp, "rwkv7");
    StringBuilder sentences = new StringBuilder();
    Random random = new Random(4);
    while (sentences.length() < 2500) {
      for (int word = 0; word < 8; word++) {
        for (int i = random.nextInt(6); i >= 0; i--) {
          sentences.append((char) ('a' + random.nextInt(26)));
        }
        sentences.append(word < 7 ? ' ' : '.');
      }
      sentences.append('\n');
    }
    text = sentences.toString();
  }

  private SmoothReader reader() {
    return SmoothReader.builder().model(folder).backend(TestModels.options(Compute.FP32)).build();
  }

  private static ReadingOptions.ReadingOptionsBuilder options(ReadingMode mode) {
    return ReadingOptions.builder()
        .mode(mode)
        .chunk(300)
        .round(120)
        .answerTokens(20)
        .stop(StopPolicy.never())
        .force(true);
  }

  @ParameterizedTest
  @EnumSource(ReadingMode.class)
  void everyModeReadsToTheEnd(ReadingMode mode) {
    try (SmoothReader reader = reader()) {
      Reading reading = reader.read(TextSource.of(text), QUESTION, options(mode).build());
      assertThat(reading.coverage().charsRead()).isEqualTo(text.length());
      // About 2,500 tokens of one character each, in chunks of 150 to 300.
      assertThat(reading.rounds().size())
          .isBetween(mode == ReadingMode.ONE_ROUND ? 1 : 8, mode == ReadingMode.ONE_ROUND ? 1 : 17);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ReadingMode.class,
      names = {"KEPT", "DROPPED"})
  void resumedReadingEndsLikeOneThatNeverPaused(ReadingMode mode) throws IOException {
    Path checkpoint = temp.resolve("reading");
    try (SmoothReader reader = reader()) {
      TextSource source = TextSource.of(text);
      Reading whole = reader.read(source, QUESTION, options(mode).build());
      ReadingOptions paused = options(mode).checkpoint(checkpoint).tokenBudget(1200).build();
      Reading first = reader.read(source, QUESTION, paused);
      assertThat(first.coverage().charsRead()).isBetween(1L, text.length() - 1L);
      Reading rest = reader.resume(checkpoint, source, options(mode).build());
      assertThat(rest.answer()).isEqualTo(whole.answer());
      assertThat(rest.clues()).isEqualTo(whole.clues());
      assertThat(rest.rounds()).isEqualTo(whole.rounds());
    }
  }

  @Test
  void checkpointsBelongToOneModel() throws IOException {
    Path checkpoint = temp.resolve("reading");
    TextSource source = TextSource.of(text);
    try (SmoothReader reader = reader()) {
      ReadingOptions paused =
          options(ReadingMode.KEPT).checkpoint(checkpoint).tokenBudget(1200).build();
      reader.read(source, QUESTION, paused);
    }
    assertThat(checkpoint).exists();
    folder = TestModels.folder(temp, "llama-untied");
    try (SmoothReader other = reader()) {
      assertThatThrownBy(() -> other.resume(checkpoint, source, options(ReadingMode.KEPT).build()))
          .hasMessageContaining("model");
    }
  }
}
