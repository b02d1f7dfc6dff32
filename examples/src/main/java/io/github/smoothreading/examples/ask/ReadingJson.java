package io.github.smoothreading.examples.ask;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.text.Place;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A reading as JSON. Offsets are UTF-16 code units.
 *
 * @param id of the row, or the name of the document
 * @param answer null when not found
 * @param found whether there is an answer
 * @param endedBecause {@code answered}, {@code not-found}, {@code cancel}, {@code deadline}, {@code
 *     budget} or {@code failed}
 * @param clues all clues, in order of first appearance
 * @param stoppedEarly whether text was left unread because the answer was there
 * @param coverage what was read
 * @param usage what it cost
 * @param seconds from the first chunk to the end
 * @param error what failed; only there if something did
 */
record ReadingJson(
    @Nullable String id,
    @Nullable String answer,
    boolean found,
    String endedBecause,
    List<ClueJson> clues,
    boolean stoppedEarly,
    CoverageJson coverage,
    UsageJson usage,
    double seconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error) {

  static ReadingJson of(@Nullable String id, Reading reading) {
    return new ReadingJson(
        id,
        reading.answer().orElse(null),
        reading.answer().isPresent(),
        endedBecause(reading.outcome()),
        reading.clues().stream().map(ClueJson::of).toList(),
        reading.stoppedEarly(),
        new CoverageJson(
            reading.coverage().charsRead(),
            reading.coverage().charsTotal(),
            reading.coverage().unread().stream().map(PlaceJson::of).toList()),
        new UsageJson(
            reading.usage().tokensRead(),
            reading.usage().tokensReused(),
            reading.usage().tokensGenerated(),
            reading.usage().tokensAccepted(),
            reading.usage().rounds()),
        reading.time().toMillis() / 1000.0,
        reading.outcome() instanceof Outcome.Failed failed
            ? Failures.message(failed.error())
            : null);
  }

  static String endedBecause(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> "answered";
      case Outcome.NotFound notFound -> "not-found";
      case Outcome.Ended ended -> ended.cause().name().toLowerCase(Locale.ROOT);
      case Outcome.Failed failed -> "failed";
    };
  }

  /** A clue; part, start and end are null where it was not found in the text. */
  record ClueJson(
      String text,
      @Nullable String part,
      @Nullable Long start,
      @Nullable Long end,
      boolean verified) {
    static ClueJson of(Clue clue) {
      if (clue.place().isEmpty()) {
        return new ClueJson(clue.text(), null, null, null, false);
      }
      Place place = clue.place().get();
      return new ClueJson(clue.text(), place.part(), place.start(), place.end(), true);
    }
  }

  /** What was read, in UTF-16 code units. */
  record CoverageJson(long charsRead, long charsTotal, List<PlaceJson> unread) {}

  /** A run of text in a part. */
  record PlaceJson(String part, long start, long end) {
    static PlaceJson of(Place place) {
      return new PlaceJson(place.part(), place.start(), place.end());
    }
  }

  /** Tokens; {@code tokensAccepted}, the accepted drafts, are part of {@code tokensGenerated}. */
  record UsageJson(
      long tokensRead, long tokensReused, long tokensGenerated, long tokensAccepted, int rounds) {}
}
