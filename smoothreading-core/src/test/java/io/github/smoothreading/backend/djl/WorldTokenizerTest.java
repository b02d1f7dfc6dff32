package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.text.TextEncoder.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RWKV's World tokenizer, with the vocabulary of its PyPI package. */
class WorldTokenizerTest {
  private static final int VOCABULARY = 65536;
  private static final int TOKENS = 65529;

  @TempDir static Path shared;
  @TempDir Path temp;
  private static WorldTokenizer world;

  @BeforeAll
  static void open() throws IOException {
    world = WorldTokenizer.open(vocabulary(shared), VOCABULARY);
  }

  private static Path vocabulary(Path folder) throws IOException {
    Path file = folder.resolve(WorldTokenizer.FILE);
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(
                Path.of("src/test/resources/world", WorldTokenizer.FILE + ".gz")))) {
      Files.copy(in, file);
    }
    return file;
  }

  @Test
  void publishedVector() {
    String text = "I'll 'd test блабла 以下は、]) -> <|endoftext|><|padding|> int";
    int[] ids = {
      74, 5229, 274, 101, 32223, 5092, 27980, 2795, 27980, 33, 10399, 10258, 10139, 10079, 1682,
      3463, 295, 125, 25258, 7588, 2318, 125, 790, 125, 49520, 125, 63, 21888
    };
    assertThat(world.encode(text).ids()).isEqualTo(ids);
    assertThat(world.decode(ids)).isEqualTo(text);
  }

  /** Each token is the longest at its own beginning; the ids without one stand for nothing. */
  @Test
  void everyIdComesBack() {
    ByteTrie all = ByteTrie.of(tokens());
    for (int id = 0; id < VOCABULARY; id++) {
      byte[] bytes = world.bytes(new int[] {id});
      if (id == 0 || id > TOKENS) {
        assertThat(bytes).isEmpty();
        continue;
      }
      assertThat(all.longest(bytes, 0, new java.util.BitSet())).isEqualTo(id);
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
        assertThat(world.encode(text).ids()).containsExactly(id);
        assertThat(world.decode(new int[] {id})).isEqualTo(text);
      }
    }
    for (int b = 0; b < 256; b++) {
      assertThat(world.bytes(new int[] {b + 1})).containsExactly(b);
    }
  }

  private static byte[][] tokens() {
    byte[][] tokens = new byte[TOKENS + 1][];
    for (int id = 0; id <= TOKENS; id++) {
      tokens[id] = world.bytes(new int[] {id});
    }
    return tokens;
  }

  @Test
  void anyTextComesBackAndEveryTokenEndsWhereItsTextEnds() {
    Random random = TestModels.seeded("anyTextComesBackAndEveryTokenEndsWhereItsTextEnds");
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(60); n > 0; n--) {
        int bound = List.of(0x80, 0x800, 0xd800, 0x110000).get(random.nextInt(4));
        int c = random.nextInt(bound);
        text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 'x' : c);
      }
      Encoding encoding = world.encode(text.toString());
      assertThat(world.decode(encoding.ids())).isEqualTo(text.toString());
      int bytes = 0;
      for (int t = 0; t < encoding.ids().length; t++) {
        bytes += world.bytes(new int[] {encoding.ids()[t]}).length;
        String before = text.substring(0, encoding.ends()[t]);
        int known = before.getBytes(StandardCharsets.UTF_8).length;
        // A token inside a character ends behind it.
        assertThat(known).isBetween(bytes, bytes + 3);
        assertThat(
                before.isEmpty() || !Character.isHighSurrogate(before.charAt(before.length() - 1)))
            .isTrue();
      }
      assertThat(
              encoding.ids().length == 0
                  || encoding.ends()[encoding.ids().length - 1] == text.length())
          .isTrue();
    }
    assertThat(world.decode(world.encode("a\ud800b").ids())).isEqualTo("a\ufffdb");
  }

  @Test
  void noTextHoldsAReservedToken() throws IOException {
    WorldTokenizer own = WorldTokenizer.open(vocabulary(temp), VOCABULARY);
    assertThat(own.reserved().values())
        .containsExactly(0, 65526, 65527, 65528, 65529, 65530, 65531, 65532, 65533, 65534, 65535);
    int[] taken = {65526, 65529, 21888, 0};
    byte[][] texts = new byte[taken.length][];
    for (int i = 0; i < taken.length; i++) {
      texts[i] = own.bytes(new int[] {taken[i]});
    }
    own.reserve(java.util.Arrays.stream(taken).boxed().toList(), temp);
    for (int i = 0; i < taken.length; i++) {
      int id = taken[i];
      String text = new String(texts[i], StandardCharsets.UTF_8);
      int[] ids = own.encode(text).ids();
      assertThat(ids).doesNotContain(id);
      assertThat(own.decode(ids)).isEqualTo(text);
      assertThat(own.decode(new int[] {id})).isEmpty();
    }
    assertThatThrownBy(() -> own.reserve(List.of(66), temp))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("id 66 is a single byte");
  }

  @Test
  void damagedVocabulariesAreRefused() throws IOException {
    Path file = vocabulary(temp);
    List<String> lines = Files.readAllLines(file);
    for (String wrong :
        new String[] {
          "3 'a' 1", "2 a 1", "2 'ab' 1", "2 '\\x4' 1", "2 '\\q' 1", "2 ''", "2 b'\u20ac' 3", ""
        }) {
      lines.set(1, wrong);
      Files.write(file, lines);
      assertThatThrownBy(() -> WorldTokenizer.open(file, VOCABULARY))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("line 2: '" + wrong + "'");
    }
    Files.write(file, lines.subList(0, 1));
    assertThatThrownBy(() -> WorldTokenizer.open(file, VOCABULARY))
        .hasMessageContaining("1 of them single bytes");
    assertThatThrownBy(() -> WorldTokenizer.open(shared.resolve(WorldTokenizer.FILE), 60000))
        .hasMessageContaining("65,529 tokens");
  }

  @Test
  void aModelMayHaveAWorldVocabularyInPlaceOfATokenizerFile() throws IOException {
    Path folder = TestModels.folder(temp, "rwkv7");
    Files.delete(folder.resolve("tokenizer.json"));
    StringBuilder bytes = new StringBuilder();
    for (int b = 0; b < 256; b++) {
      bytes.append("%d b'\\x%02x' 1%n".formatted(b + 1, b));
    }
    Files.writeString(folder.resolve(WorldTokenizer.FILE), bytes);
    assertThatThrownBy(() -> TestModels.open(folder)).hasMessageContaining("for a model of 160");
    assertThat(Files.readString(folder.resolve("config.json"))).contains("\"vocab_size\": 160");
    try (ReadingBackend backend = TestModels.open(TestModels.folder(temp.resolve("b"), "rwkv7"))) {
      assertThat(backend.tokenizer()).isInstanceOf(HfTokenizer.class);
    }
  }
}
