package io.github.smoothreading.text;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts of many kinds, each made from a seed. */
final class RandomTexts {
  private static final String[] NASTY = {
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    "\r\n\r\n",
    ". ",
    ".",
    "! ",
    "? ",
    ", ",
    "; ",
    ": ",
    " \u2013 ",
    "\uD83D\uDE00",
    "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
    "\u6F22\u5B57",
    "\u3002",
    "\uFB01",
    "e\u0301",
    "\t",
    "\u00A0",
    "<|im_end|>",
    "...",
    "3.14",
    "\uFEFF",
    "\uFFFD"
  };

  private RandomTexts() {}

  /** A text of a kind that the seed picks. */
  static String text(Random random, int length) {
    int kind = random.nextInt(10);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      switch (kind) {
        case 0 -> text.append("\uD83D\uDE00");
        case 1 -> text.append((char) (0x4E00 + random.nextInt(5000)));
        case 2 -> text.append((char) ('a' + random.nextInt(26)));
        case 3 -> text.append('\n');
        case 4 -> text.append(word(random, 1 + random.nextInt(400))).append(' ');
        case 5 ->
            text.append(sentence(random)).append(random.nextInt(4) == 0 ? "\r\n\r\n" : "\r\n");
        case 6 -> text.append(NASTY[random.nextInt(NASTY.length)]);
        case 7 -> text.append((char) (random.nextBoolean() ? 0xD800 + random.nextInt(0x800) : 'x'));
        case 8 ->
            text.append(
                random.nextInt(3) == 0 ? NASTY[random.nextInt(NASTY.length)] : word(random, 5));
        default -> text.append(sentence(random)).append(random.nextInt(5) == 0 ? "\n\n" : " ");
      }
    }
    return text.toString();
  }

  /**
   * Parts with texts of any length, none included, some with headers; at least one code unit in
   * all.
   */
  static List<Part> parts(Random random, int count, int longest) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(longest);
      String text = i == 0 || length > 0 ? text(random, Math.max(1, length)) : "";
      String header =
          random.nextBoolean()
              ? ""
              : "Title " + word(random, 6) + (random.nextBoolean() ? "\n" : "");
      parts.add(part("p" + i, header, text));
    }
    return parts;
  }

  static Part part(String id, String header, String text) {
    return new Part(id, header, text.length(), () -> new StringReader(text));
  }

  private static String sentence(Random random) {
    StringBuilder sentence = new StringBuilder("It");
    for (int i = random.nextInt(20); i >= 0; i--) {
      sentence
          .append(random.nextInt(9) == 0 ? ", " : " ")
          .append(word(random, 1 + random.nextInt(10)));
    }
    return sentence.append(".!?;:".charAt(random.nextInt(5))).toString();
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }
}
