package io.github.smoothreading.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import io.github.smoothreading.Reading;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The metadata of a chat response that was read: besides the usual, the whole {@link Reading}. */
public final class SmoothReadingChatResponseMetadata extends ChatResponseMetadata {
  private final Reading reading;

  private SmoothReadingChatResponseMetadata(Builder builder) {
    super(builder);
    this.reading = Checks.given(builder.reading, "reading", "give the reading behind the response");
  }

  /** Answer, clues with their places, rounds, coverage and cost. */
  public Reading reading() {
    return reading;
  }

  @Override
  public Builder toBuilder() {
    Builder builder = new Builder().reading(reading);
    toBuilder(builder);
    return builder;
  }

  /** Starts empty. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof SmoothReadingChatResponseMetadata that
        && reading.equals(that.reading);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), reading);
  }

  /** Builds a {@link SmoothReadingChatResponseMetadata}. */
  public static final class Builder extends ChatResponseMetadata.Builder<Builder> {
    private @Nullable Reading reading;

    private Builder() {}

    /** The reading; required. */
    public Builder reading(Reading reading) {
      this.reading = reading;
      return this;
    }

    @Override
    public SmoothReadingChatResponseMetadata build() {
      return new SmoothReadingChatResponseMetadata(this);
    }
  }
}
