package io.github.smoothreading.eval;

/** The user ended a run; what was read before is kept. */
final class RunInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunInterruptedException() {
    super("the run was interrupted; the same command goes on with it");
  }
}
