package io.github.smoothreading;

import io.github.smoothreading.summary.Capacity;
import io.github.smoothreading.summary.ReadingMode;
import io.github.smoothreading.summary.Summarizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settles W, C and R before reading starts, and refuses what cannot work.
 *
 * <p>A chunk and the round about it have to fit into the window together with the question, which
 * stands there twice: 2·question + C + R &lt;= W. Published accuracies for finding a needle show
 * what happens otherwise: with C = W/2 100 %, with C = W 83 to 97 %, with C above W nothing at all.
 */
final class Planner {
  /** Reserved ids and separators of a round. */
  private static final int HEADERS = 8;

  private static final int SMALLEST_CHUNK = 16;
  private static final int SMALLEST_ROUND = 48;

  private final Summarizer summarizer;
  private final List<String> warnings = new ArrayList<>();

  private Planner(Summarizer summarizer) {
    this.summarizer = summarizer;
  }

  /**
   * Plans one reading.
   *
   * @param sampleTokens tokens of the first {@code sampleChars} of the source
   * @throws IllegalArgumentException if question or options cannot work
   */
  static Plan plan(
      Summarizer summarizer,
      String question,
      ReadingOptions options,
      long chars,
      long sampleTokens,
      long sampleChars) {
    return new Planner(summarizer).plan(question, options, chars, sampleTokens, sampleChars);
  }

  private Plan plan(
      String question, ReadingOptions options, long chars, long sampleTokens, long sampleChars) {
    if (question.isBlank()) {
      throw new IllegalArgumentException("the question is empty; say what to look for in the text");
    }
    Capacity capacity = summarizer.capacity();
    int window = options.window() > 0 ? options.window() : capacity.window();
    int chunk =
        options.chunk() > 0 ? options.chunk() : scale(capacity.chunk(), window, capacity.window());
    int round =
        options.round() > 0
            ? options.round()
            : Math.min(capacity.round(), Math.max(SMALLEST_ROUND, window / 4));
    int asked = summarizer.encoder().encode(question).ids().length;
    check(capacity, options, window, chunk, round, asked);
    long tokens =
        sampleChars == 0 ? 0 : Math.max(1, Math.round((double) chars / sampleChars * sampleTokens));
    long chunks = Math.max(1, (tokens + chunk - 1) / chunk);
    return new Plan(
        window,
        chunk,
        round,
        asked,
        chars,
        tokens,
        chunks,
        summarizer.memoryBytes(window),
        Optional.empty(),
        warnings);
  }

  private static int scale(int value, int window, int own) {
    return (int) Math.max(SMALLEST_CHUNK, (long) value * window / own);
  }

  private void check(
      Capacity capacity, ReadingOptions options, int window, int chunk, int round, int question) {
    if (chunk < SMALLEST_CHUNK) {
      throw new IllegalArgumentException(
          "a chunk of %d tokens is too short to read; give at least %d"
              .formatted(chunk, SMALLEST_CHUNK));
    }
    if (question == 0) {
      throw new IllegalArgumentException(
          "the question has no character that model '%s' knows; write it in words"
              .formatted(capacity.model()));
    }
    if (question > window / 8) {
      throw new IllegalArgumentException(
          "the question has %d tokens, more than its share of the window (%d of W = %d); shorten it or give a larger window"
              .formatted(question, window / 8, window));
    }
    if (round < SMALLEST_ROUND) {
      refuse(
          options,
          "a round of R = %d tokens cannot hold a clue; give at least %d"
              .formatted(round, SMALLEST_ROUND));
    }
    int room = window - round - 2 * question - HEADERS;
    if (options.mode() != ReadingMode.ONE_ROUND && chunk > room) {
      refuse(
          options,
          "a chunk of C = %d tokens does not fit into the window beside its round (W = %d, R = %d, question %d); give C <= %d, half the window is best"
              .formatted(chunk, window, round, question, Math.max(0, Math.min(room, window / 2))));
    } else if (options.mode() != ReadingMode.ONE_ROUND && chunk > window / 2) {
      warnings.add(
          "a chunk of C = %d tokens is more than half the window (W = %d): expect missed clues; C = %d is best"
              .formatted(chunk, window, window / 2));
    }
    if (chunk > capacity.longestChunk()) {
      refuse(
          options,
          "model '%s' was not made for chunks of C = %d tokens; its longest is %d"
              .formatted(capacity.model(), chunk, capacity.longestChunk()));
    }
    if (window > capacity.window()) {
      warnings.add(
          "a window of W = %d tokens is longer than the %d that model '%s' was trained with"
              .formatted(window, capacity.window(), capacity.model()));
    }
  }

  private void refuse(ReadingOptions options, String problem) {
    if (!options.force()) {
      throw new IllegalArgumentException(problem + " (force reads all the same)");
    }
    warnings.add(problem + "; read all the same, as forced");
  }
}
