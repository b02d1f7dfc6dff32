package io.github.smoothreading.examples.ask;

import io.github.smoothreading.Outcome;

/** What the program tells the shell. */
final class ExitCode {
  static final int ANSWERED = 0;
  static final int NOT_FOUND = 1;
  static final int BAD_INPUT = 2;
  static final int ENDED_EARLY = 3;

  private ExitCode() {}

  static int of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> ANSWERED;
      case Outcome.NotFound notFound -> NOT_FOUND;
      case Outcome.Ended ended -> ENDED_EARLY;
      case Outcome.Failed failed -> ENDED_EARLY;
    };
  }
}
