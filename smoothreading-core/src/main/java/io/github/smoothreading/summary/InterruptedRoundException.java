package io.github.smoothreading.summary;

/**
 * The caller's interrupt was set while a round was being written; what was noted before stays
 * valid.
 */
public class InterruptedRoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what was going on. */
  public InterruptedRoundException(String message) {
    super(message);
  }
}
