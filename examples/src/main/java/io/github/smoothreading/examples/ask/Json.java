package io.github.smoothreading.examples.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.regex.Pattern;

/** JSON on one line each. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Pattern CONTROL = Pattern.compile("[\\x7F-\\x9F]");

  private Json() {}

  /** Writes {@code value} as one whole line, also when several threads write. */
  static void line(PrintStream out, Object value) {
    String line;
    try {
      line = MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value.getClass() + " cannot be written as JSON", e);
    }
    // Jackson escapes those below the blank only; these occur within strings alone, too.
    line = CONTROL.matcher(line).replaceAll(c -> "\\\\u%04x".formatted((int) c.group().charAt(0)));
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
