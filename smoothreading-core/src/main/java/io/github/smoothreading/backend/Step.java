package io.github.smoothreading.backend;

import io.github.smoothreading.state.ReadingState;
import java.util.Objects;

/**
 * One request to a backend: append tokens to a state, then generate greedily.
 *
 * <p>All of {@code append} is prefilled. If {@link Limits#maxTokens()} is positive, generation
 * follows; the first tokens of it are checked against {@code draft} in the same forward pass, and
 * the longest prefix that equals the model's own greedy choice is accepted. A draft changes the
 * speed, never the tokens.
 *
 * @param state the memory to go on from; in use by one step at a time
 * @param append tokens to feed; may be empty only if the last generation left a token to feed
 * @param draft a guess of what will be generated; may be empty
 * @param lookup tokens from which quotations are likely (the chunk, the clues): where the last
 *     generated tokens occur in it, what follows there is tried as a draft; may be empty
 * @param limits when to end
 */
public record Step(ReadingState state, int[] append, int[] draft, int[] lookup, Limits limits) {
  public Step {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(append, "append");
    Objects.requireNonNull(draft, "draft");
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(limits, "limits");
  }

  /** A step that only feeds tokens. */
  public static Step feed(ReadingState state, int[] append, Limits limits) {
    return new Step(state, append, new int[0], new int[0], limits.withMaxTokens(0));
  }
}
