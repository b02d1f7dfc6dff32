package io.github.smoothreading.model.smollm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smoothreading.Outcome;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.ReadingOptions.ReadingOptionsBuilder;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.ResourceModel;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with the input is said in words that help, and the reader reads on afterwards.
 *
 * <p>Core tests go through each kind of damage with small models (TextSourceTest, PlannerTest,
 * ModelFilesTest); here the same doors are tried with the default model.
 */
class BadInputTest {
  private static final String QUESTION = "Who built the lighthouse of Vargsund?";
  private static final String TEXT = "The lighthouse of Vargsund was built by Ingrid Falk in 1883.";
  private static final String SHARD = "model-00002-of-00002.safetensors";

  private static SmoothReader reader;
  @TempDir Path folder;

  @BeforeAll
  static void open() {
    reader = SmoothReader.open();
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  @AfterEach
  void stillReads() {
    assertThat(reader.read(TextSource.of(TEXT), QUESTION).outcome())
        .isInstanceOf(Outcome.Answered.class);
  }

  @Test
  void missingAndEmptyFiles() throws IOException {
    refused(folder.resolve("nowhere.txt"), "nowhere.txt' does not exist", "check the path");
    refused(folder, "is a directory", "give a text file");
    refused(file(), "is empty", "no text to read");
  }

  @Test
  void filesThatAreNoText() throws IOException {
    refused(file('a', 0, 'b'), "NUL at byte 1");
    refused(file('%', 'P', 'D', 'F', '-', '1', 0), "a PDF file");
    refused(file('c', 'a', 'f', 0xE9, ' '), "UTF-8", "byte 3");
  }

  private void refused(Path file, String... words) {
    assertThatThrownBy(() -> reader.read(file, QUESTION))
        .isInstanceOf(UncheckedIOException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words).contains(file.toString()));
  }

  private Path file(int... bytes) throws IOException {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) bytes[i];
    }
    return Files.write(Files.createTempFile(folder, "text", ".txt"), data);
  }

  @Test
  void questionsThatCannotBeAsked() {
    refused("  ", ReadingOptions.builder(), "question is empty", "say what to look for");
    refused("Why? ".repeat(200), ReadingOptions.builder(), "share of the window (256 of W = 2048)");
    refused("\u0004", ReadingOptions.builder(), "no character that model", "in words");
  }

  @Test
  void sizesThatCannotWork() {
    refused(QUESTION, ReadingOptions.builder().chunk(1800), "C = 1800", "W = 2048", "give C <= ");
    refused(QUESTION, ReadingOptions.builder().window(8192).chunk(2000), "its longest is 1536");
    refused(QUESTION, ReadingOptions.builder().chunk(8), "8 tokens is too short", "at least 16");
    refused(QUESTION, ReadingOptions.builder().round(20), "R = 20", "at least 48");
    refused(QUESTION, ReadingOptions.builder().window(60), "shorten it or give a larger window");
    refused(QUESTION, ReadingOptions.builder().window(100_000).chunk(512), "window 100,000");
    assertThatThrownBy(() -> ReadingOptions.builder().window(-5).build())
        .hasMessageContaining("window is -5")
        .hasMessageContaining("give 0 for the default");
  }

  private void refused(String question, ReadingOptionsBuilder options, String... words) {
    assertThatThrownBy(() -> reader.read(TextSource.of(TEXT), question, options.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void foldersWithoutAModel() throws IOException {
    refusedModel(folder.resolve("nowhere"), "no model folder", "give one that holds config.json");
    refusedModel(folder, "no backend can read", "config.json");
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"mamba\"}");
    refusedModel(folder, "no backend can read", "Llama, Qwen2 or RWKV-7");
  }

  @Test
  void weightsThatAreCutShort() throws IOException {
    Path model = copyOfTheModel();
    try (FileChannel file = FileChannel.open(model.resolve(SHARD), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 1);
    }
    refusedModel(model, SHARD, "cut short");
    Files.write(model.resolve(SHARD), "<html>Not found</html>".getBytes(StandardCharsets.UTF_8));
    refusedModel(model, SHARD);
    Files.delete(model.resolve(SHARD));
    refusedModel(model, SHARD);
  }

  @Test
  void weightsOfAnotherShape() throws IOException {
    Path model = copyOfTheModel();
    Path config = model.resolve("config.json");
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = (ObjectNode) mapper.readTree(config.toFile());
    mapper.writeValue(config.toFile(), json.deepCopy().put("hidden_size", 640));
    refusedModel(model, "640", "576");
    mapper.writeValue(config.toFile(), json.deepCopy().put("num_hidden_layers", 31));
    refusedModel(model, "model.layers.30", "missing");
    mapper.writeValue(config.toFile(), json.deepCopy().put("vocab_size", 1000));
    refusedModel(model, "1000");
  }

  private static void refusedModel(Path model, String... words) {
    assertThatThrownBy(() -> SmoothReader.builder().model(model).build().close())
        .isInstanceOf(BackendException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  private Path copyOfTheModel() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("model"));
    Path original = new SmolLm2().folder(ResourceModel.defaultCache());
    try (Stream<Path> files = Files.list(original)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return copy;
  }
}
