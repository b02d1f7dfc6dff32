package io.github.smoothreading.examples.ask;

import io.github.smoothreading.Coverage;
import io.github.smoothreading.Outcome;
import io.github.smoothreading.Plan;
import io.github.smoothreading.Reading;
import io.github.smoothreading.Usage;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.text.Place;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.PrintStream;

/** A reading, or the plan of one, as text for people. */
final class Report {
  /** Characters of the surrounding text shown on either side of a quotation. */
  private static final int REACH = 160;

  private static final int WIDTH = 78;

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void print(Reading reading, TextSource source) {
    field("Question", reading.question());
    field("Answer", answer(reading.outcome()));
    out.println();
    if (reading.clues().isEmpty()) {
      field("Clues", "none");
    } else {
      out.println("Clues");
      int number = 1;
      for (Clue clue : reading.clues()) {
        print(number++, clue, source);
      }
    }
    out.println();
    print(reading.coverage(), reading.outcome());
    Usage usage = reading.usage();
    double seconds = Math.max(1e-3, reading.time().toNanos() / 1e9);
    field(
        "Cost",
        "%,d tokens in %s (%,.0f tokens/s); rounds: %,d; tokens written: %,d, of them drafted: %,d"
            .formatted(
                usage.tokensRead(),
                Durations.text(seconds),
                usage.tokensRead() / seconds,
                usage.rounds(),
                usage.tokensGenerated(),
                usage.tokensAccepted()));
  }

  void print(Plan plan) {
    field("Document", "%,d characters, about %,d tokens".formatted(plan.chars(), plan.tokens()));
    field(
        "Window",
        "W = %,d tokens, C = %,d, R = %,d; the question has %,d"
            .formatted(plan.window(), plan.chunk(), plan.round(), plan.questionTokens()));
    field("Chunks", "about %,d".formatted(plan.chunks()));
    field(
        "Time",
        plan.expected()
            .map(
                time ->
                    "about %s if it does not stop early"
                        .formatted(Durations.text(time.toMillis() / 1e3)))
            .orElse("unknown"));
    field(
        "Memory", "%,d MB beside the model".formatted((plan.memoryBytes() + 999_999) / 1_000_000));
    plan.warnings().forEach(warning -> field("Note", warning));
  }

  private static String answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> answered.text();
      case Outcome.NotFound notFound -> "(the text does not answer this)";
      case Outcome.Ended ended ->
          switch (ended.cause()) {
            case CANCEL -> "(none: interrupted before the answer was found)";
            case DEADLINE -> "(none: the time was up before the answer was found)";
            case BUDGET -> "(none: the token budget was used up before the answer was found)";
          };
      case Outcome.Failed failed ->
          "(none: the reading failed: " + Failures.message(failed.error()) + ")";
    };
  }

  private void print(int number, Clue clue, TextSource source) {
    if (clue.place().isEmpty()) {
      out.println(
          "%3d. not found in the text as written, so unverified (round %d)"
              .formatted(number, clue.round() + 1));
      paragraph(clue.text());
      return;
    }
    Place place = clue.place().get();
    out.println(
        "%3d. %s, characters %,d to %,d (round %d)"
            .formatted(
                number,
                Terminal.printable(place.part()),
                place.start(),
                place.end(),
                clue.round() + 1));
    try {
      Surroundings text = Surroundings.of(source, place, REACH);
      paragraph(text.before() + ">>" + text.quotation() + "<<" + text.after());
    } catch (IOException e) {
      paragraph(clue.text());
    }
  }

  private void print(Coverage coverage, Outcome outcome) {
    field(
        "Read",
        "%,d of %,d characters (%.1f %%)%s"
            .formatted(
                coverage.charsRead(),
                coverage.charsTotal(),
                // Not rounded up: 100 % means all of it.
                Math.floor(1000 * coverage.share()) / 10,
                outcome instanceof Outcome.Answered answered && answered.early()
                    ? "; stopped there, because the answer was found"
                    : ""));
    for (Place place : coverage.unread()) {
      field(
          "Not read",
          "%s, characters %,d to %,d".formatted(place.part(), place.start(), place.end()));
    }
  }

  private void field(String name, String value) {
    out.println("%-10s%s".formatted(name, Terminal.printable(value).replace('\n', ' ').strip()));
  }

  /** Wrapped and indented; line breaks of the document become blanks. */
  private void paragraph(String text) {
    String indent = "     ";
    StringBuilder line = new StringBuilder(indent);
    for (String word : Terminal.printable(text).strip().split("\\s+")) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line.setLength(indent.length());
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    out.println(line);
  }
}
