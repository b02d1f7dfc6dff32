package io.github.smoothreading.backend.djl;

/**
 * What one reading contributes to a forward pass.
 *
 * @param buffers its state
 * @param tokens new tokens
 * @param place three numbers by which the decoder finds the row's place in its buffers
 * @param firstWanted the first of {@code tokens} whose next token is wanted, and of all after it
 * @param probes ids whose log-probabilities are wanted there
 */
record Row(StateBuffers buffers, int[] tokens, long[] place, int firstWanted, int[] probes) {
  int wanted() {
    return tokens.length - firstWanted;
  }
}
