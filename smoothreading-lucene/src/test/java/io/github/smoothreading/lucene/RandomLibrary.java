package io.github.smoothreading.lucene;

import io.github.smoothreading.text.Part;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents of invented sentences from a seed, some with characters outside of the basic plane. */
final class RandomLibrary {
  private static final String[] WORDS = {
    "river", "stone", "bridge", "letter", "winter", "harbour", "candle", "orchard", "captain",
    "market", "tower", "silver", "garden", "window", "Åse", "naïve", "\uD83C\uDF27", "\uD835\uDC9C"
  };

  private final Random random;

  RandomLibrary(long seed) {
    random = new Random(seed);
  }

  /** Texts by id. */
  Map<String, String> texts(int documents, int mostSentences) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < documents; i++) {
      texts.put("doc-" + i, text(1 + random.nextInt(mostSentences)));
    }
    return texts;
  }

  String text(int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append(i == 0 ? "" : random.nextInt(5) == 0 ? "\n\n" : " ").append(sentence());
    }
    return text.toString();
  }

  String sentence() {
    StringBuilder sentence = new StringBuilder("The");
    int length = 4 + random.nextInt(10);
    for (int i = 0; i < length; i++) {
      sentence.append(' ').append(word());
    }
    return sentence.append(" of ").append(1000 + random.nextInt(9000)).append('.').toString();
  }

  String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  static List<Part> parts(Map<String, String> texts) {
    List<Part> parts = new ArrayList<>();
    texts.forEach((id, text) -> parts.add(part(id, text)));
    return parts;
  }

  static Part part(String id, String text) {
    return new Part(id, "Title of " + id, text.length(), () -> new StringReader(text));
  }
}
