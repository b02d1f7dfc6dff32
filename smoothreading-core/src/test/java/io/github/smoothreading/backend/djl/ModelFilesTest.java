package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Model files are not trusted: whatever is wrong with them is said before a byte reaches native
 * code.
 */
class ModelFilesTest {
  private static final String NORM = "model.norm.weight";

  @TempDir Path temp;
  private Path folder;
  private Path weights;

  @BeforeEach
  void copy() throws IOException {
    folder = TestModels.folder(temp, "llama-tied");
    weights = folder.resolve("model.safetensors");
  }

  private void requireRefused(String... parts) {
    assertThatThrownBy(() -> TestModels.open(folder).close())
        .isInstanceOf(BackendException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private void change(String name, TestModels.Tensor tensor) throws IOException {
    Map<String, TestModels.Tensor> changes = new HashMap<>();
    changes.put(name, tensor);
    TestModels.rewrite(
        TestModels.golden("llama-tied").resolve("model.safetensors"), weights, changes);
  }

  private void replace(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to));
  }

  @Test
  void truncatedFile() throws IOException {
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));
    requireRefused("model.safetensors", "cut short");
    Files.write(weights, Arrays.copyOf(bytes, 100));
    requireRefused("model.safetensors", "announces a header of");
    Files.write(weights, new byte[5]);
    requireRefused("model.safetensors", "only 5 bytes");
  }

  @Test
  void damagedHeader() throws IOException {
    byte[] bytes = Files.readAllBytes(weights);
    bytes[7] = (byte) 0x80;
    Files.write(weights, bytes);
    requireRefused("announces a header of 9223372036854");
    TestModels.safetensors(weights, "[1, 2]", new byte[0]);
    requireRefused("not a JSON object");
    TestModels.safetensors(weights, "{\"a\": {", new byte[0]);
    requireRefused("model.safetensors cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32|[2]|[0, 4]|has 4 bytes for tensor 'b', but F32 [2] needs 8",
        "F7|[2]|[0, 8]|unknown element type 'F7'",
        "F32|[-2]|[0, 8]|shape [-2]",
        "F32|[4611686018427387904, 4]|[0, 0]|impossible shape",
        "F32|[2.5]|[0, 8]|shape [2.5]",
        "F32|[2]|[8, 0]|offsets [8,0]",
        "F32|[2]|[-8, 0]|offsets [-8,0]",
        "F32|[2]|[12, 20]|cut short",
        "F32|[2]|[4, 12]|overlap",
      })
  void badEntry(String type, String shape, String offsets, String message) throws IOException {
    String entry =
        "{\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": %s}".formatted(type, shape, offsets);
    String first = "{\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}";
    boolean apart = !message.equals("overlap");
    String header =
        apart ? "{\"b\": " + entry + "}" : "{\"a\": " + first + ", \"b\": " + entry + "}";
    TestModels.safetensors(weights, header, new byte[16]);
    requireRefused("model.safetensors", message);
  }

  @Test
  void tensorsThatDoNotFitTheConfiguration() throws IOException {
    change(NORM, null);
    requireRefused("'model.norm.weight' is missing");
    change(NORM, new TestModels.Tensor("F32", List.of(47L), new byte[47 * 4]));
    requireRefused(NORM, "[47]", "[48]");
    change(NORM, new TestModels.Tensor("F64", List.of(48L), new byte[48 * 8]));
    requireRefused(NORM, "F64", "supported are F32");
    change(
        "model.layers.0.self_attn.q_norm.weight",
        new TestModels.Tensor("F32", List.of(8L), new byte[32]));
    requireRefused("q_norm", "no place in a llama model");
    change(
        "model.layers.0.mlp.up_proj.weight",
        new TestModels.Tensor("I8", List.of(96L, 48L), new byte[96 * 48]));
    requireRefused("up_proj.weight_scale' is missing");
  }

  @Test
  void configurationsThatCannotBeRun() throws IOException {
    replace("config.json", "\"llama\"", "\"mamba2\"");
    requireRefused("config.json", "model_type is 'mamba2'");
    assertThat(new DjlBackendProvider().supports(folder)).isFalse();
    copy();
    assertThat(new DjlBackendProvider().supports(folder)).isTrue();
    replace("config.json", "\"hidden_size\": 48", "\"hidden_size\": -48");
    requireRefused("hidden_size is -48");
    copy();
    replace("config.json", "\"silu\"", "\"gelu\"");
    requireRefused("gelu");
    copy();
    replace(
        "config.json",
        "\"rope_theta\": 100000.0",
        "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4}");
    requireRefused("rope_type 'yarn'");
    copy();
    replace("config.json", "\"mlp_bias\": false", "\"quantization_config\": {}");
    requireRefused("quantized in a foreign format");
    copy();
    Files.delete(folder.resolve("config.json"));
    requireRefused("config.json is missing");
  }

  @Test
  void missingWeightsAndPickles() throws IOException {
    Files.move(weights, folder.resolve("pytorch_model.bin"));
    requireRefused("never loaded", "safetensors");
  }

  @Test
  void shards() throws IOException {
    Map<String, TestModels.Tensor> without = new HashMap<>();
    Map<String, TestModels.Tensor> only = new HashMap<>();
    StringBuilder map = new StringBuilder();
    for (String name : SafetensorsHeader.read(weights).keySet()) {
      boolean second = name.contains("layers.1.");
      (second ? without : only).put(name, null);
      map.append(map.isEmpty() ? "" : ", ")
          .append("\"%s\": \"model-0000%d-of-00002.safetensors\"".formatted(name, second ? 2 : 1));
    }
    int[] expected = firstTokens();
    TestModels.rewrite(weights, folder.resolve("model-00001-of-00002.safetensors"), without);
    TestModels.rewrite(weights, folder.resolve("model-00002-of-00002.safetensors"), only);
    Files.delete(weights);
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\": {" + map + "}}");
    assertThat(firstTokens()).isEqualTo(expected);
    Files.writeString(
        index,
        "{\"weight_map\": {" + map.toString().replace("model-00002", "../x/model-00002") + "}}");
    requireRefused("index.json", "only *.safetensors files in the same folder");
    Files.writeString(
        index, "{\"weight_map\": {" + map.toString().replace("-00002-of", "-00001-of") + "}}");
    requireRefused("is not in", "model-00001-of-00002.safetensors");
  }

  private int[] firstTokens() {
    try (ReadingBackend backend = TestModels.open(folder);
        ReadingState state = backend.newState(32, 0)) {
      return TestModels.generate(backend, state, new int[] {1, 2, 3}, 8).tokens();
    }
  }

  @Test
  void wrongTokenizer() throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TestModels.tokenizer(80));
    requireRefused("tokenizer.json", "vocabulary of 160", "belong together");
    Files.write(folder.resolve("tokenizer.json"), TestModels.tokenizer(4));
    requireRefused("only 4 control tokens");
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    requireRefused("tokenizer.json");
    Files.delete(folder.resolve("tokenizer.json"));
    requireRefused("tokenizer.json is missing");
  }

  @Test
  void readerFile() throws IOException {
    Path file = folder.resolve("reader.json");
    String good =
        """
        {"format": 1, "window": 64, "chunk": 32, "round": 16, "language": "en", "name": "tiny", "version": "2",
         "protocol": {"question":0,"text":1,"notes":2,"lastNotes":3,"end":4,"clues":5,"separator":6,"reason":7,
                      "read":8,"stop":9,"notFound":10},
         "reasons": {"nothingNew": "No.", "newClue": "Yes."}}
        """;
    Files.writeString(file, good);
    try (ReadingBackend backend = TestModels.open(folder)) {
      assertThat(backend.model().name()).isEqualTo("tiny 2");
      assertThat(backend.model().window()).isEqualTo(64);
      assertThat(backend.model().protocol().question()).isZero();
      assertThat(backend.model().protocol().notFound()).isEqualTo(10);
      assertThat(backend.model().nothingNew()).isEqualTo("No.");
      assertThat(backend.model().longestChunk()).isEqualTo(Integer.MAX_VALUE);
    }
    Files.writeString(file, good.replace("\"round\"", "\"longestChunk\": 48, \"round\""));
    try (ReadingBackend backend = TestModels.open(folder)) {
      assertThat(backend.model().longestChunk()).isEqualTo(48);
    }
    Files.writeString(file, good.replace("\"notFound\":10", "\"notFound\":20"));
    requireRefused("tokenizer.json", "control token 20", "could forge");
    Files.writeString(file, good.replace("\"window\": 64", "\"window\": 100000"));
    requireRefused("reader.json", "'window' is 100000", "1 to 4,096");
    Files.writeString(file, good.replace("\"notFound\":10", "\"notFound\":9"));
    requireRefused("reader.json", "eleven");
    Files.writeString(file, good.replace("\"notFound\":10", "\"notFound\":160"));
    requireRefused("reader.json", "'notFound' is 160");
    Files.writeString(file, good.replace("\"format\": 1", "\"format\": 2"));
    requireRefused("reader.json", "format 2");
  }
}
