package io.github.smoothreading.backend;

import java.util.Objects;

/**
 * What came of a {@link Step}.
 *
 * <p>The state now holds everything appended and every generated token but the last one: that one
 * is left to the caller, who feeds it, or another in its place, with the next step.
 *
 * @param tokens the generated ids, greedy; empty when nothing was to be generated
 * @param probes log-probabilities of {@link Limits#probes()}, one row per generated token
 * @param margins difference of the two best logits, one per generated token
 * @param accepted how many of {@code tokens} came from a draft
 * @param fed tokens that went through the model, rejected drafts included
 * @param reused tokens in the window that the step did not have to feed again
 * @param end why the generation ended
 */
public record Generation(
    int[] tokens, float[][] probes, float[] margins, int accepted, int fed, int reused, End end) {
  public Generation {
    Objects.requireNonNull(tokens, "tokens");
    Objects.requireNonNull(probes, "probes");
    Objects.requireNonNull(margins, "margins");
    Objects.requireNonNull(end, "end");
  }

  /** Why a generation ended. */
  public enum End {
    /** One of the stop tokens was generated, or nothing was to be generated. */
    COMPLETE,
    /** The most tokens allowed were generated. */
    LENGTH,
    /**
     * The caller's interrupt was set. With tokens left over in {@code append}, the state is
     * unusable and closed.
     */
    INTERRUPTED
  }
}
