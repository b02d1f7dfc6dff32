package io.github.smoothreading;

import java.util.Random;

/** Texts for {@link RuleReader}: straw, and needles to hide in it. */
final class Hay {
  static final int WINDOW = 1024;
  static final String QUESTION = "Where is the needle?";
  static final String NEEDLE = "The needle is in the barn.";
  static final String SECOND = "A second needle is in the attic.";

  private Hay() {}

  static String hay(int sentences, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append("Straw number ").append(random.nextInt(100000)).append(" lies on the heap. ");
      if (i % 7 == 6) {
        text.append("\n\n");
      }
    }
    return text.toString();
  }
}
