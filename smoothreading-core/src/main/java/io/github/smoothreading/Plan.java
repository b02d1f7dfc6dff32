package io.github.smoothreading;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a reading will take, known before anything is read.
 *
 * @param window W in tokens
 * @param chunk C in tokens
 * @param round R in tokens
 * @param questionTokens length of the question
 * @param chars length of the source in UTF-16 code units
 * @param tokens length of the source in tokens, estimated from its beginning where it is long
 * @param chunks expected number of chunks
 * @param memoryBytes memory of one reading beside the model's weights
 * @param expected expected time if the reading does not stop early; empty where the speed was not
 *     measured
 * @param warnings what is allowed but unwise
 */
public record Plan(
    int window,
    int chunk,
    int round,
    int questionTokens,
    long chars,
    long tokens,
    long chunks,
    long memoryBytes,
    Optional<Duration> expected,
    List<String> warnings) {
  public Plan {
    warnings = List.copyOf(warnings);
  }
}
