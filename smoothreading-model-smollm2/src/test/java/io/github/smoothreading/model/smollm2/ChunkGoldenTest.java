package io.github.smoothreading.model.smollm2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker;
import io.github.smoothreading.text.TextSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java cuts and encodes as the training data were cut and encoded. */
class ChunkGoldenTest {
  private static SmolLm2Tokenizer tokenizer;

  @BeforeAll
  static void open() throws Exception {
    tokenizer = new SmolLm2Tokenizer();
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reading", "mixed", "parts"})
  void chunksAndIdsAreThoseOfTraining(String name) throws Exception {
    Golden golden = Golden.read(name);
    List<Chunk> chunks = chunks(golden.source(), golden.limit());
    for (int i = 0; i < Math.min(chunks.size(), golden.chunks().size()); i++) {
      assertThat(chunks.get(i).text()).as("chunk %d", i).isEqualTo(golden.chunks().get(i).text());
      assertThat(chunks.get(i).ids()).as("chunk %d", i).isEqualTo(golden.chunks().get(i).ids());
    }
    assertThat(chunks).hasSameSizeAs(golden.chunks());
  }

  @Test
  void everySizeOfChunkKeepsItsLimit() throws Exception {
    TextSource source = Golden.read("mixed").source();
    for (int limit = 16; limit <= 96; limit += 5) {
      StringBuilder joined = new StringBuilder();
      for (Chunk chunk : chunks(source, limit)) {
        assertThat(chunk.tokens()).isBetween(1, limit);
        assertThat(chunk.ids()).isEqualTo(tokenizer.encode(chunk.text()).ids());
        joined.append(chunk.text());
      }
      assertThat(joined.toString()).isEqualTo(Golden.read("mixed").parts().get(0).text());
    }
  }

  @Test
  void aBookIsCutInSeconds() throws Exception {
    List<String> paragraphs = List.of(Golden.read("reading").parts().get(0).text().split("\n\n"));
    Random random = new Random(3);
    StringBuilder book = new StringBuilder();
    while (book.length() < 1_200_000) {
      book.append(paragraphs.get(random.nextInt(paragraphs.size()))).append("\n\n");
    }
    chunks(TextSource.of(book.substring(0, 100_000)), 1024);
    long begun = System.nanoTime();
    List<Chunk> chunks = chunks(TextSource.of(book), 1024);
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    System.out.printf(
        "%,d characters, %d chunks, %d ms%n", book.length(), chunks.size(), time.toMillis());
    assertThat(chunks).hasSizeBetween(200, 500);
    assertThat(time).isLessThan(Duration.ofSeconds(20)); // about one; the rest is for busy machines
  }

  private static List<Chunk> chunks(TextSource source, int limit) {
    List<Chunk> list = new ArrayList<>();
    try (Chunker.Chunks chunks = Chunker.bySeparators().cut(source, tokenizer, limit)) {
      chunks.forEachRemaining(list::add);
    }
    return list;
  }
}
