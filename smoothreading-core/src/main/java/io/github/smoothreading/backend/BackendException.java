package io.github.smoothreading.backend;

/** The engine or the model failed; the message says at what and what to do. */
public class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public BackendException(String message) {
    super(message);
  }

  /** With a message for the user and what caused it. */
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
