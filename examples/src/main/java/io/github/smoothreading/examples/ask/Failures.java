package io.github.smoothreading.examples.ask;

import io.github.smoothreading.backend.BackendException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Exceptions for people. */
final class Failures {
  private Failures() {}

  /** Behind what a future wraps around it. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? cause(cause) : failure;
  }

  /** What to tell the user. */
  static String message(Throwable failure) {
    Throwable cause = cause(failure);
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }

  /** Whether the input or the options are at fault, so that the message alone helps. */
  static boolean isUserError(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof IllegalArgumentException
        || cause instanceof UncheckedIOException
        || cause instanceof BackendException;
  }
}
