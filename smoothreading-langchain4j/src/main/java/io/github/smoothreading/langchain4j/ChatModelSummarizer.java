package io.github.smoothreading.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import io.github.smoothreading.summary.Capacity;
import io.github.smoothreading.summary.Inquiry;
import io.github.smoothreading.summary.Summarizer;
import io.github.smoothreading.text.TextEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reading loop over any LangChain4j {@link ChatModel}: one chat request per chunk.
 *
 * <p><b>The memory is dropped.</b> A chat model keeps nothing between two requests, so what it
 * knows of the text before a chunk is the clues noted so far, and no more: mode {@code KEPT} is
 * read like {@code DROPPED}. A model also answers READ or STOP in words, so the probability of
 * stopping is 0 or 1.
 *
 * <pre>{@code
 * SmoothReader reader =
 *     SmoothReader.builder().summarizer(ChatModelSummarizer.builder().chatModel(chatModel).build()).build();
 * }</pre>
 *
 * <p>The document's text goes to the chat model inside a fence that does not occur in it, but
 * unlike with the default model nothing can keep a text from talking to the model. A reply that is
 * not of the asked form is asked for once more, then the chunk counts as without news; no earlier
 * clue is lost. Exceptions of the chat model end a reading as failed, with the clues so far.
 * Closing does not close the chat model.
 */
public final class ChatModelSummarizer implements Summarizer {
  private final ChatModel chatModel;
  private final TextEncoder encoder;
  private final Capacity capacity;

  private ChatModelSummarizer(Builder builder) {
    chatModel =
        Checks.given(builder.chatModel, "chatModel", "give the model that writes the summaries");
    encoder = builder.encoder;
    int chunk = builder.chunkTokens;
    int round = builder.roundTokens;
    // A quarter of the window for the question, which stands in it twice.
    int window = Math.max(2 * chunk, (chunk + round) * 4 / 3 + 16);
    capacity =
        new Capacity(
            builder.name, "chat-model:" + builder.name, window, chunk, round, window, "und");
  }

  /** Chooses the model and the size of chunks. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Capacity capacity() {
    return capacity;
  }

  @Override
  public TextEncoder encoder() {
    return encoder;
  }

  /** Zero: the memory is where the chat model runs. */
  @Override
  public long memoryBytes(int window) {
    return 0;
  }

  @Override
  public Session open(Inquiry inquiry) {
    return new ChatModelSession(chatModel, encoder, inquiry);
  }

  @Override
  public Session resume(Inquiry inquiry, DataInputStream in) throws IOException {
    return ChatModelSession.load(chatModel, encoder, inquiry, in);
  }

  @Override
  public void close() {}

  /** Builds a {@link ChatModelSummarizer}. */
  public static final class Builder {
    private @Nullable ChatModel chatModel;
    private TextEncoder encoder = new EstimatedEncoder();
    private int chunkTokens = 4_096;
    private int roundTokens = 1_024;
    private String name = "chat model";

    private Builder() {}

    /** The model that is asked; required. */
    public Builder chatModel(ChatModel chatModel) {
      this.chatModel = Objects.requireNonNull(chatModel, "chatModel");
      return this;
    }

    /**
     * C in tokens; default 4,096. Chunk, notes and instructions together have to fit into one
     * request.
     */
    public Builder chunkTokens(int chunkTokens) {
      this.chunkTokens = Checks.atLeast(16, chunkTokens, "chunkTokens");
      return this;
    }

    /** R in tokens: most that the clues carried from chunk to chunk may take; default 1,024. */
    public Builder roundTokens(int roundTokens) {
      this.roundTokens = Checks.atLeast(48, roundTokens, "roundTokens");
      return this;
    }

    /** Measures chunks; default an estimate of six letters, three digits or one sign per token. */
    public Builder encoder(TextEncoder encoder) {
      this.encoder = Objects.requireNonNull(encoder, "encoder");
      return this;
    }

    /** How messages and checkpoints name the model; default {@code "chat model"}. */
    public Builder name(String name) {
      this.name = Checks.notBlank(name, "name");
      return this;
    }

    /**
     * The summarizer.
     *
     * @throws IllegalArgumentException if the chat model is missing
     */
    public ChatModelSummarizer build() {
      return new ChatModelSummarizer(this);
    }
  }
}
