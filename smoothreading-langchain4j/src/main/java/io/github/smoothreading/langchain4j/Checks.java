package io.github.smoothreading.langchain4j;

import org.jspecify.annotations.Nullable;

/** Arguments of builders. */
final class Checks {
  private Checks() {}

  static <T> T given(@Nullable T value, String name, String what) {
    if (value == null) {
      throw new IllegalArgumentException("%s is missing; %s".formatted(name, what));
    }
    return value;
  }

  static int atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d; give at least %d".formatted(name, value, least));
    }
    return value;
  }

  static String notBlank(String value, String name) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("%s is blank".formatted(name));
    }
    return value;
  }
}
