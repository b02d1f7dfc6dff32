package io.github.smoothreading.summary;

import io.github.smoothreading.text.Place;
import java.util.Objects;
import java.util.Optional;

/**
 * A fact that the model noted because it bears on the question.
 *
 * @param text the quotation: for a verified clue exactly the characters at {@code place}, else the
 *     model's words
 * @param place where it stands in the source; empty if it was not found in the chunk that it was
 *     noted from
 * @param round index of the round in which it first appeared, from 0
 */
public record Clue(String text, Optional<Place> place, int round) {
  public Clue {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(place, "place");
  }

  /** Whether the quotation was found in the text it was read from. */
  public boolean verified() {
    return place.isPresent();
  }
}
