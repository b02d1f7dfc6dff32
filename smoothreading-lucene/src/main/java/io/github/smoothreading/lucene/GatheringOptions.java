package io.github.smoothreading.lucene;

import java.util.Objects;
import lombok.Builder;

/**
 * Which passages are read for a question; {@link #DEFAULTS} suit the default model.
 *
 * <p>The budget is spent on hits, best first, and on their neighbours in between: a passage next to
 * a hit comes as late as the hit six ranks below, one two steps away as late as the hit twelve
 * ranks below, and so on.
 *
 * @param budget most tokens of the reading model to gather, estimated from a sample on the high
 *     side; default 8,192
 * @param hits most search results to look at; default 40
 * @param documents most documents to read from; default 20
 * @param neighbours how many passages before and after a hit may be read too; default 4; needs an
 *     order field, or texts long enough to be cut
 * @param passageChars length of the passages that long stored texts are cut into, in UTF-16 code
 *     units, at least 100; default 1,000
 * @param strategy one reading across documents, or one for each; default {@link
 *     ReadingStrategy#ACROSS_DOCUMENTS}
 */
@Builder(toBuilder = true)
public record GatheringOptions(
    int budget,
    int hits,
    int documents,
    int neighbours,
    int passageChars,
    ReadingStrategy strategy) {
  /** The defaults. */
  public static final GatheringOptions DEFAULTS = GatheringOptions.builder().build();

  public GatheringOptions {
    atLeast("budget", budget, 1);
    atLeast("hits", hits, 1);
    atLeast("documents", documents, 1);
    atLeast("neighbours", neighbours, 0);
    atLeast("passageChars", passageChars, 100);
    Objects.requireNonNull(strategy, "strategy");
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d; give at least %d".formatted(name, value, least));
    }
  }

  /** Builder with the defaults set. */
  public static class GatheringOptionsBuilder {
    private int budget = 8192;
    private int hits = 40;
    private int documents = 20;
    private int neighbours = 4;
    private int passageChars = 1000;
    private ReadingStrategy strategy = ReadingStrategy.ACROSS_DOCUMENTS;
  }
}
