package io.github.smoothreading.examples.ask;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where the output goes. */
final class Terminal {
  private Terminal() {}

  /** Standard output in UTF-8, whatever the locale: documents hold more than ASCII. */
  static PrintStream output() {
    return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  }

  /** Whether a person looks at standard output, and a line on it can be rewritten. */
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // From Java 22 on there may be a console without a terminal.
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /**
   * {@code text} without control characters but line breaks: a document must not steer a terminal.
   */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\\n\\u00AD\\u200B-\\u200D]]", " ");
  }
}
