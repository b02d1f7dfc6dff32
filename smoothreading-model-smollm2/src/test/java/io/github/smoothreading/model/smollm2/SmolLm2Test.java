package io.github.smoothreading.model.smollm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.ModelProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmolLm2Test {
  /** What hosts of repositories take; larger weights go into several shards. */
  private static final long LARGEST_FILE = 95_000_000;

  @TempDir Path cache;

  @Test
  void isFoundByServiceLoader() {
    assertThat(ServiceLoader.load(ModelProvider.class))
        .singleElement()
        .isInstanceOf(SmolLm2.class)
        .extracting(ModelProvider::name)
        .isEqualTo("smollm2-135m-reader");
  }

  @Test
  void saysSoWithoutWeights() {
    assumeFalse(SmolLm2.isComplete(), "the weights are there");
    assertThatThrownBy(() -> new SmolLm2().folder(cache))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("'smollm2-135m-reader' holds no weights");
  }

  @Test
  void hasEverythingAModelNeeds() throws Exception {
    assumeTrue(SmolLm2.isComplete(), "the weights are not there yet");
    Path folder = new SmolLm2().folder(cache);
    assertThat(List.of("config.json", "tokenizer.json", "reader.json", "LICENSE", "MODEL_CARD.md"))
        .allSatisfy(name -> assertThat(folder.resolve(name)).isNotEmptyFile());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList())
          .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(LARGEST_FILE));
    }
  }

  @Test
  void itsFilesAreThoseOfTheManifest() throws Exception {
    assumeTrue(SmolLm2.isComplete(), "the weights are not there yet");
    Path folder = new SmolLm2().folder(cache);
    String manifest = Files.readString(folder.resolve("manifest.json"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("manifest.json") && !name.endsWith(".class")) {
          byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
          assertThat(manifest).as(name).contains(name).contains(HexFormat.of().formatHex(hash));
        }
      }
    }
  }
}
