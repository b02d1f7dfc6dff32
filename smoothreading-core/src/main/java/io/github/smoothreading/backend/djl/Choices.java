package io.github.smoothreading.backend.djl;

/**
 * The model's choices at the wanted tokens of one row.
 *
 * @param ids most likely next ids
 * @param margins difference of the two best logits
 * @param probes log-probabilities of the row's probes
 */
record Choices(int[] ids, float[] margins, float[][] probes) {}
