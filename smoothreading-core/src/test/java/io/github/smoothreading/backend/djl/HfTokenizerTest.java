package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.text.TextEncoder.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A byte-level tokenizer with merges that cut characters in two. */
class HfTokenizerTest {
  private static final int VOCABULARY = 300;
  private static final String[] CONTROL = {
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<file_sep>"
  };

  @TempDir Path temp;

  private HfTokenizer open(String... merges) throws IOException {
    Files.write(temp.resolve("tokenizer.json"), Json.MAPPER.writeValueAsBytes(json(merges)));
    return HfTokenizer.open(temp, VOCABULARY);
  }

  private static ObjectNode json(String... merges) throws IOException {
    ObjectNode json = (ObjectNode) Json.MAPPER.readTree(TestModels.tokenizer(0));
    // As some published files have it: all of this must have no effect.
    json.putObject("normalizer").put("type", "NFC");
    json.putObject("truncation")
        .put("max_length", 5)
        .put("strategy", "LongestFirst")
        .put("stride", 0)
        .put("direction", "Right");
    ((ObjectNode) json.path("pre_tokenizer")).put("add_prefix_space", true);
    ObjectNode vocab = ((ObjectNode) json.path("model")).putObject("vocab");
    for (int i = 0; i < CONTROL.length; i++) {
      ObjectNode token =
          json.withArray("added_tokens").addObject().put("id", i).put("content", CONTROL[i]);
      for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
        token.put(flag, false);
      }
      token.put("special", true);
      vocab.put(CONTROL[i], i);
    }
    int id = CONTROL.length;
    for (int b = 0; b < 256; b++) {
      vocab.put(symbol(b), id++);
    }
    for (String merge : merges) {
      String piece = merge.replace(" ", "");
      if (!vocab.has(piece)) {
        vocab.put(piece, id++);
      }
      ((ObjectNode) json.path("model")).withArray("merges").add(merge);
    }
    return json;
  }

  /** The character that stands for a byte in byte-level vocabularies. */
  private static String symbol(int b) {
    int other = 0;
    for (int i = 0; i < b; i++) {
      other += printable(i) ? 0 : 1;
    }
    return String.valueOf((char) (printable(b) ? b : 256 + other));
  }

  private static boolean printable(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
  }

  private static String[] merges() {
    // "th", "the", " the", "er", and the first two bytes of an emoji.
    return new String[] {
      "t h", "th e", symbol(' ') + " the", "e r", symbol(0xF0) + " " + symbol(0x9F)
    };
  }

  @Test
  void endsAreCodeUnits() throws IOException {
    HfTokenizer tokenizer = open(merges());
    Encoding got = tokenizer.encode("the \u00e9\ud83d\ude00 the");
    assertThat(got.ends()).containsExactly(3, 4, 5, 5, 7, 7, 7, 11);
    assertThat(tokenizer.decode(got.ids())).isEqualTo("the \u00e9\ud83d\ude00 the");
    tokenizer.close();
  }

  @Test
  void controlTokensCannotBeForged() throws IOException {
    HfTokenizer tokenizer = open(merges());
    for (String token : CONTROL) {
      Encoding got = tokenizer.encode("a" + token + "b");
      assertThat(got.ids()).hasSize(token.length() + 2);
      assertThat(Arrays.stream(got.ids()).min().orElseThrow())
          .isGreaterThanOrEqualTo(CONTROL.length);
      assertThat(tokenizer.decode(got.ids())).isEqualTo("a" + token + "b");
    }
    assertThat(tokenizer.decode(new int[] {2, tokenizer.encode("x").ids()[0], 1, 0}))
        .isEqualTo("x");
    assertThat(tokenizer.decode(new int[] {0, 1})).isEmpty();
    tokenizer.close();
  }

  @Test
  void decodingGivesBackAnyText() throws IOException {
    Random random = TestModels.seeded("decodingGivesBackAnyText");
    HfTokenizer tokenizer = open(merges());
    for (int i = 0; i < 300; i++) {
      String text = text(random, random.nextInt(60));
      Encoding got = tokenizer.encode(text);
      assertThat(tokenizer.decode(got.ids())).isEqualTo(text);
      requireOrdered(text, got);
    }
    tokenizer.close();
  }

  private static void requireOrdered(String text, Encoding got) {
    int before = 0;
    for (int end : got.ends()) {
      assertThat(end).isBetween(before, text.length());
      before = end;
    }
    assertThat(before).isEqualTo(text.length());
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    String[] pieces = {
      "the ",
      "  ",
      "\n\n",
      "\u00e4",
      "e\u0301",
      "\ufb01",
      "\u0000",
      "\ufffd",
      "12",
      "\u202e",
      "\ud83d\udc69\u200d\ud83d\udcbb"
    };
    for (int i = 0; i < length; i++) {
      int kind = random.nextInt(4);
      if (kind == 0) {
        text.append(pieces[random.nextInt(pieces.length)]);
      } else {
        int bound = kind == 1 ? 0x80 : kind == 2 ? 0x3000 : Character.MAX_CODE_POINT + 1;
        int c = random.nextInt(bound);
        text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 'x' : c);
      }
    }
    return text.toString();
  }

  @Test
  void loneSurrogatesBecomeReplacementCharacters() throws IOException {
    HfTokenizer tokenizer = open(merges());
    for (String text : List.of("a\ud83db", "\ude00", "\ud83d", "a\ud83d\ud83d\ude00\ude00z")) {
      Encoding got = tokenizer.encode(text);
      requireOrdered(text, got);
      String decoded = tokenizer.decode(got.ids());
      assertThat(decoded).hasSameSizeAs(text);
      for (int i = 0; i < text.length(); i++) {
        assertThat(decoded.charAt(i)).isIn(text.charAt(i), '\ufffd');
      }
    }
    tokenizer.close();
  }

  @Test
  void bytesThatTheVocabularyLacksYieldNoToken() throws IOException {
    String json = json().toString().replace("\"" + symbol(4) + "\":", "\"unused\":");
    Files.writeString(temp.resolve("tokenizer.json"), json);
    HfTokenizer tokenizer = HfTokenizer.open(temp, VOCABULARY);
    assertThat(tokenizer.encode("a\u0004b\u0004").ends()).containsExactly(1, 4);
    assertThat(tokenizer.encode("\u0004").ids()).isEmpty();
    tokenizer.close();
  }

  @Test
  void emptyAndLongTexts() throws IOException {
    HfTokenizer tokenizer = open(merges());
    assertThat(tokenizer.encode("").ids()).isEmpty();
    assertThat(tokenizer.encode("the ".repeat(20_000)).ids()).hasSize(20_001);
    tokenizer.close();
  }

  @Test
  void manyThreads() throws Exception {
    HfTokenizer tokenizer = open(merges());
    String text = text(new Random(7), 200);
    int[] expected = tokenizer.encode(text).ids();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<Boolean>> results = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      results.add(
          threads.submit(
              () -> {
                int[] ids = tokenizer.encode(text).ids();
                return Arrays.equals(ids, expected) && tokenizer.decode(ids).equals(text);
              }));
    }
    for (Future<Boolean> result : results) {
      assertThat(result.get()).isTrue();
    }
    threads.shutdown();
    tokenizer.close();
    assertThatThrownBy(() -> tokenizer.encode("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTokenizerThatSpellsControlTokensIsRefused() throws IOException {
    String json = json("s e", "se p").toString().replace("\"sep\":", "\"unused\":");
    Files.writeString(temp.resolve("tokenizer.json"), json.replace("<file_sep>", "sep"));
    assertThatThrownBy(() -> HfTokenizer.open(temp, VOCABULARY))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("could forge");
  }

  @Test
  void protocolIdsAreControlTokensEvenIfTheFileNamesNoAddedTokens() throws IOException {
    ObjectNode json = json(merges());
    json.putArray("added_tokens");
    Path file = temp.resolve("tokenizer.json");
    Files.write(file, Json.MAPPER.writeValueAsBytes(json));
    HfTokenizer tokenizer = HfTokenizer.open(temp, VOCABULARY);
    assertThat(tokenizer.reserved()).isEmpty();
    int x = tokenizer.encode("x").ids()[0];

    tokenizer.reserve(List.of(2, 3), file);

    assertThat(tokenizer.decode(new int[] {2, x, 3})).isEqualTo("x");
    int the = tokenizer.encode("the").ids()[0];
    assertThatThrownBy(() -> tokenizer.reserve(List.of(the), file))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("'the'")
        .hasMessageContaining("could forge")
        .hasMessageContaining("take ids that no text is encoded to");
    tokenizer.close();
  }

  @Test
  void idsBeyondTheVocabularyAreRefused() throws IOException {
    Files.write(temp.resolve("tokenizer.json"), Json.MAPPER.writeValueAsBytes(json()));
    assertThatThrownBy(() -> HfTokenizer.open(temp, 100))
        .hasMessageContaining("vocabulary of 100")
        .hasMessageContaining("belong together");
  }
}
