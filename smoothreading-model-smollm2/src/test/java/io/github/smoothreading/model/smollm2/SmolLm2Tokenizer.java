package io.github.smoothreading.model.smollm2;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.smoothreading.backend.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/** The module's tokenizer.json alone, without the weights that a backend would ask for. */
final class SmolLm2Tokenizer implements Tokenizer, AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;

  SmolLm2Tokenizer() throws IOException {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    try (InputStream in = SmolLm2.class.getResourceAsStream("tokenizer.json")) {
      tokenizer = HuggingFaceTokenizer.newInstance(in, Map.of("truncation", "false"));
    }
  }

  @Override
  public Encoding encode(String text) {
    var encoding = tokenizer.encode(text, false, false);
    int[] ids = Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
    // The tokenizer counts in code points.
    int[] units = new int[text.codePointCount(0, text.length()) + 1];
    for (int i = 1; i < units.length; i++) {
      units[i] = text.offsetByCodePoints(units[i - 1], 1);
    }
    int[] ends =
        Arrays.stream(encoding.getCharTokenSpans())
            .mapToInt(span -> units[span.getEnd()])
            .toArray();
    return new Encoding(ids, ends);
  }

  @Override
  public String decode(int[] ids) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), false);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
