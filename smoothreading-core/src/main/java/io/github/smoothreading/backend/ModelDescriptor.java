package io.github.smoothreading.backend;

import java.util.Objects;

/**
 * What the reading loop has to know about a model.
 *
 * @param name how messages name the model
 * @param fingerprint identifies weights, configuration and tokenizer; states and checkpoints carry
 *     it
 * @param window W: the tokens that attention reaches back, itself included
 * @param chunk C: the chunk length that the model was trained for, in tokens
 * @param round R: the tokens that a round may take, its target not counted
 * @param longestChunk longest chunk the model can take at all, in tokens
 * @param language what the model reads, as a BCP 47 tag
 * @param protocol reserved ids
 * @param nothingNew the reason the model was trained to give when a chunk brings no clue; the draft
 *     uses it
 * @param newClue the reason the model was trained to give when a chunk brings one
 */
public record ModelDescriptor(
    String name,
    String fingerprint,
    int window,
    int chunk,
    int round,
    int longestChunk,
    String language,
    Protocol protocol,
    String nothingNew,
    String newClue) {
  public ModelDescriptor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(nothingNew, "nothingNew");
    Objects.requireNonNull(newClue, "newClue");
    if (window < 1 || chunk < 1 || round < 1 || longestChunk < 1) {
      throw new IllegalArgumentException(
          "window %d, chunk %d, round %d and longest chunk %d of model '%s' must all be positive"
              .formatted(window, chunk, round, longestChunk, name));
    }
  }
}
