package io.github.smoothreading.backend.djl;

/**
 * What one reading contributes to a forward pass.
 *
 * @param buffers its state
 * @param tokens new tokens
 * @param slot where the first of them is written
 * @param position its absolute position
 * @param window W
 * @param firstWanted the first of {@code tokens} whose next token is wanted, and of all after it
 * @param probes ids whose log-probabilities are wanted there
 */
record Row(
    StateBuffers buffers,
    int[] tokens,
    int slot,
    long position,
    int window,
    int firstWanted,
    int[] probes) {
  int wanted() {
    return tokens.length - firstWanted;
  }
}
