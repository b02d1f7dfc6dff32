package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not plain RWKV-7, or damaged, is refused with a reason before it reaches native code. */
class RwkvFilesTest {
  private static final DjlBackendProvider PROVIDER = new DjlBackendProvider();

  @TempDir Path temp;

  private static void requireRefused(Path folder, String... parts) {
    assertThat(PROVIDER.supports(folder)).as("a reason is given for %s", folder).isTrue();
    assertThatThrownBy(() -> TestModels.open(folder).close())
        .isInstanceOf(BackendException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private Path withTensor(String name, long... shape) throws IOException {
    Path folder = TestModels.folder(temp, "rwkv7");
    long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    TestModels.rewrite(
        TestModels.golden("rwkv7").resolve("model.safetensors"),
        folder.resolve("model.safetensors"),
        Map.of(
            name,
            new TestModels.Tensor(
                "BF16", Arrays.stream(shape).boxed().toList(), new byte[(int) (2 * count)])));
    return folder;
  }

  @Test
  void pickledCheckpointsAreRefusedWithAWayToConvertThem() throws IOException {
    Files.write(temp.resolve("rwkv7-0.1b.pth"), new byte[100]);
    requireRefused(
        temp,
        "rwkv7-0.1b.pth",
        "never loaded",
        "convert_from_rwkv7.py",
        "convert_pytorch_to_ggml.py");
    Files.copy(TestModels.golden("rwkv7").resolve("config.json"), temp.resolve("config.json"));
    requireRefused(temp, "rwkv7-0.1b.pth", "never loaded");
  }

  @ParameterizedTest
  @CsvSource({
    "model.layers.1.ffn.s_emb.weight, deep embeddings",
    "model.layers.0.ffn.s0, deep embeddings",
    "model.layers.0.attn.qq.weight, attention beside the recurrence",
    "model.layers.0.attn.time_decay, 'RWKV-4, 5 or 6'",
    "model.layers.1.attn.q_proj.weight, hybrid",
    "model.layers.1.attn.extra, no place in a rwkv7 model"
  })
  void variantsAreRecognisedByTheirTensors(String tensor, String reason) throws IOException {
    requireRefused(withTensor(tensor, 4, 4), tensor, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model_type\": \"rwkv7\" | \"model_type\": \"rwkv6\" | only rwkv7",
        "\"attn\": null | \"attn\": {\"layers\": [1]} | hybrid",
        "\"norm_first\": true | \"norm_first\": false | norm_first",
        "\"norm_bias\": true | \"norm_bias\": false | norm_bias",
        "\"hidden_act\": \"sqrelu\" | \"hidden_act\": \"silu\" | sqrelu",
        "\"head_dim\": 64 | \"head_dim\": 60 | do not fit",
        "\"value_dim\": [ | \"value_dim\": [384, | value_dim is 384",
        "\"hidden_size\": 192 | \"hidden_size\": 256 | do not fit",
        "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 3 | model.layers.2.attn_norm.weight",
        "\"num_hidden_layers\": 2 | \"num_hidden_layers\": -2 | num_hidden_layers is -2"
      })
  void configurationsThatAreNotPlain(String from, String to, String reason) throws IOException {
    Path folder = TestModels.folder(temp, "rwkv7");
    String config = Files.readString(folder.resolve("config.json"));
    assertThat(config).contains(from);
    Files.writeString(folder.resolve("config.json"), config.replace(from, to));
    requireRefused(folder, reason);
  }

  @Test
  void wrongSizes() throws IOException {
    requireRefused(withTensor("model.layers.0.attn.k_k", 191), "attn.k_k", "192 floating-point");
    requireRefused(
        withTensor("model.layers.1.attn.w_lora.lora.2.weight", 192, 15), "w_lora", "[192, 16]");
    requireRefused(withTensor("model.layers.1.attn.r_k", 2, 96), "r_k", "[3, 64]");
  }

  @Test
  void damagedFilesOfRwkvCpp() throws IOException {
    byte[] whole = RwkvFiles.cpp(false);
    Path file = temp.resolve("model.bin");
    Files.write(temp.resolve("tokenizer.json"), TestModels.tokenizer(11));
    for (int length : new int[] {5, 30, 5000, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      requireRefused(temp, "cut short");
    }
    Files.write(file, with(whole, 4, 77));
    requireRefused(temp, "version 77");
    Files.write(file, with(whole, 20, 8));
    requireRefused(temp, "quantized (type 8)");
    Files.write(file, with(whole, 12, 0));
    requireRefused(temp, "width is 0");
    Files.write(file, with(whole, 24, 1 << 30));
    requireRefused(temp, "number of sizes");
    Files.write(file, with(whole, 16, 3));
    requireRefused(temp, "model.layers.2");
    Random random = TestModels.seeded("damagedFilesOfRwkvCpp");
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      damaged[8 + random.nextInt(600)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        RwkvConfig config = RwkvCpp.config(file);
        try (WeightSource source = config.weights(temp)) {
          config.layout(source.tensors());
        }
      } catch (BackendException e) {
        assertThat(e).hasMessageMatching("(?s).*(model.bin|weights).*");
      }
    }
  }

  @Test
  void otherVersionsInFilesOfRwkvCpp() throws IOException {
    byte[] whole = RwkvFiles.cpp(false);
    String text = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(
        temp.resolve("model.bin"),
        text.replace("blocks.0.att.r_k", "blocks.0.att.t_f")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    requireRefused(temp, "another version of RWKV");
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return changed;
  }

  @Test
  void foldersOfOthersAreLeftAlone() throws IOException {
    Files.write(temp.resolve("pytorch_model.bin"), new byte[100]);
    assertThat(PROVIDER.supports(temp)).isFalse();
    assertThat(List.of(temp.toFile().list())).hasSize(1);
  }
}
