package io.github.smoothreading.summary;

import java.util.Objects;

/**
 * How much a summarizer can take in, all in tokens.
 *
 * @param model how messages name the model
 * @param fingerprint identifies it; checkpoints carry this
 * @param window W, its own or the default
 * @param chunk C, the default
 * @param round R, the default
 * @param longestChunk longest chunk it can take at all
 * @param language what it reads, as a BCP 47 tag
 */
public record Capacity(
    String model,
    String fingerprint,
    int window,
    int chunk,
    int round,
    int longestChunk,
    String language) {
  public Capacity {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(language, "language");
  }
}
