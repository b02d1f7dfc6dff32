package io.github.smoothreading.langchain4j.teacher;

import java.nio.file.Path;

/** A line of a file cannot be used; the message names the file, the line and the rule it breaks. */
public final class BadLineException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int line;

  BadLineException(Path file, int line, RuntimeException cause) {
    super("%s, line %d: %s".formatted(file, line, cause.getMessage()), cause);
    this.line = line;
  }

  /** The line's number, from 1. */
  public int line() {
    return line;
  }
}
