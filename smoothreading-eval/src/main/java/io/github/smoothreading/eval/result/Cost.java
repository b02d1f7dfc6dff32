package io.github.smoothreading.eval.result;

/**
 * What a reading cost.
 *
 * @param seconds from the first chunk to the answer; opening the model is not in it
 * @param tokens document tokens read
 * @param rounds rounds written
 * @param fed tokens that went through the model
 * @param generated tokens written, accepted drafts included
 * @param accepted those of them that came from drafts
 * @param peakBytes peak resident memory of the process while it read; 0 where not measured
 * @param anonymousBytes largest resident memory between two chunks, without mapped files; 0 where
 *     not measured
 * @param stateBytes memory of the reading's state beside the weights
 */
public record Cost(
    double seconds,
    long tokens,
    int rounds,
    long fed,
    long generated,
    long accepted,
    long peakBytes,
    long anonymousBytes,
    long stateBytes) {
  /** Nothing was read. */
  public static final Cost NONE = new Cost(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Tokens that took a forward pass each. */
  public long decoded() {
    return generated - accepted;
  }
}
