package io.github.smoothreading.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.Outcome;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.StopPolicy;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** End to end with the default model, opened as a user would. */
class DefaultModelTest {
  @TempDir Path folder;

  @Test
  void answersFromAnIndexAndCitesTheStoredCharacters() throws IOException {
    Path index = Fixtures.unpack("lucene-9.12.3", folder);
    try (LuceneReader reader = LuceneReader.over(index).order(StoredNumber.field("part")).build();
        Directory directory = FSDirectory.open(index)) {
      LuceneAnswer answer = reader.ask("Who built the lighthouse of Vargsund?");

      assertThat(answer.answer()).hasValueSatisfying(a -> assertThat(a).contains("Ingrid Falk"));
      assertThat(answer.citations()).isNotEmpty();
      assertThat(answer.citations()).anyMatch(one -> one.quotation().contains("Ingrid Falk"));
      StoredValues.assertCited(answer, directory, "id", "part");

      // Long enough for several rounds, whatever the model thinks of it.
      ReadingOptions whole =
          ReadingOptions.builder().chunk(64).round(96).stop(StopPolicy.never()).build();
      LuceneAnswer all =
          reader.ask("Who cast the bell of Ostermark?", GatheringOptions.DEFAULTS, whole);
      assertThat(all.outcome()).isInstanceOfAny(Outcome.Answered.class, Outcome.NotFound.class);
      assertThat(all.notReached()).isEmpty();
      assertThat(all.readings().get(0).usage().rounds()).isGreaterThan(2);
      StoredValues.assertCited(all, directory, "id", "part");
    }
  }
}
