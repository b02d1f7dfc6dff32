package io.github.smoothreading.summary;

/** What the model wants after a round. */
public enum Action {
  /** Give me the next chunk. */
  READ,
  /** The answer follows. */
  STOP
}
