package io.github.smoothreading.eval.result;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a reading ended, by the name that files carry. */
public enum Ending {
  /** Answered after the last chunk. */
  @JsonProperty("answered")
  ANSWERED,
  /** Answered with text left unread. */
  @JsonProperty("answered-early")
  ANSWERED_EARLY,
  /** Read to the end, no answer. */
  @JsonProperty("not-found")
  NOT_FOUND,
  /** Not read: window, chunk or question cannot work. */
  @JsonProperty("refused")
  REFUSED,
  /** Broke off. */
  @JsonProperty("failed")
  FAILED
}
