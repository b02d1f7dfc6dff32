package io.github.smoothreading.backend.djl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** String and bytes literals of Python, as far as the World vocabulary has them. */
final class PythonLiteral {
  private PythonLiteral() {}

  /**
   * The bytes of {@code b'..'}, or of {@code '..'} in UTF-8.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static byte[] bytes(String literal) {
    boolean raw = literal.startsWith("b");
    int start = raw ? 1 : 0;
    char quote = literal.length() < start + 2 ? 0 : literal.charAt(start);
    int end = literal.length() - 1;
    if ((quote != '\'' && quote != '"') || literal.charAt(end) != quote || end == start) {
      throw new IllegalArgumentException("not a literal: " + literal);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = start + 1; i < end; ) {
      int c = literal.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\\') {
        char escape = literal.charAt(i++);
        int digits =
            switch (escape) {
              case 'x' -> 2;
              case 'u' -> 4;
              case 'U' -> 8;
              default -> 0;
            };
        if (i + digits > end) {
          throw new IllegalArgumentException("an escape is cut short: " + literal);
        }
        c = digits > 0 ? Integer.parseInt(literal.substring(i, i + digits), 16) : plain(escape);
        i += digits;
      }
      if (raw) {
        if (c > 0xff) {
          throw new IllegalArgumentException("not a byte: " + literal);
        }
        out.write(c);
      } else {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  private static int plain(char escape) {
    return switch (escape) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '\\', '\'', '"' -> escape;
      default -> throw new IllegalArgumentException("unknown escape: " + escape);
    };
  }
}
