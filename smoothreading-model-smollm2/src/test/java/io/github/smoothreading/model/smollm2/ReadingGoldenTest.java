package io.github.smoothreading.model.smollm2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.ModelSummarizer;
import org.junit.jupiter.api.Test;

/** A reading feeds and expects the ids, one by one, that the model was trained on. */
class ReadingGoldenTest {
  @Test
  void aReadingOfThreeChunksIsTheStreamOfTraining() throws Exception {
    Golden golden = Golden.read("reading");
    try (SmolLm2Tokenizer tokenizer = new SmolLm2Tokenizer();
        Replay replay = new Replay(golden.stream(), tokenizer);
        SmoothReader reader =
            SmoothReader.builder().summarizer(new ModelSummarizer(replay)).build()) {
      ReadingOptions options = ReadingOptions.builder().chunk(golden.limit()).build();
      Reading reading = reader.read(golden.source(), golden.question(), options);

      assertThat(reading.answer()).contains(golden.answer());
      assertThat(reading.clues())
          .extracting(Clue::text)
          .isEqualTo(golden.clues().stream().filter(clue -> clue != null).toList());
      assertThat(reading.clues()).allMatch(clue -> clue.place().isPresent());
      // The end token was generated, and nobody needs it fed.
      assertThat(replay.position()).isEqualTo(golden.stream().length - 1);
    }
  }
}
