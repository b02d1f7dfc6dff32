package io.github.smoothreading.langchain4j;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chat model that reads long user messages smoothly and hands everything else to another chat
 * model.
 *
 * <p>If the last message is the user's and longer than {@link Builder#longerThan}, it is taken
 * apart into question and text ({@link Builder#promptFormat}, by default what LangChain4j's {@code
 * DefaultContentInjector} makes), the text is read for the question, and the reader's answer is the
 * response. The notes of the rounds are {@code AiMessage.thinking()}, the whole reading is in
 * {@link SmoothReadingChatResponseMetadata}. System message and earlier messages play no part in a
 * reading.
 *
 * <p>Of a request that is read, {@code maxOutputTokens} limits the answer; tools, JSON, other
 * sampling than greedy, stop sequences, a model name and contents that are no text are refused with
 * {@link dev.langchain4j.exception.UnsupportedFeatureException}, a message that cannot be taken
 * apart with {@link dev.langchain4j.exception.InvalidRequestException}. Interrupting the thread
 * ends the reading; the response then says so.
 */
public final class SmoothReadingChatModel implements ChatModel {
  private final LongMessages messages;
  private final ChatModel delegate;
  private final List<ChatModelListener> listeners;

  private SmoothReadingChatModel(Builder builder) {
    messages = new LongMessages(builder);
    delegate =
        Checks.given(
            builder.delegate, "delegate", "give the chat model that answers short messages");
    listeners = builder.listeners();
  }

  /** Chooses reader and delegate. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    Optional<PromptFormat.Parts> parts = messages.longMessage(request);
    return parts.isEmpty()
        ? delegate.chat(request)
        : messages.response(
            messages.read(
                parts.get(), request.maxOutputTokens(), event -> {}, ReadingCall.create()));
  }

  @Override
  public List<ChatModelListener> listeners() {
    return listeners;
  }

  /** The delegate's: short messages are answered with them. */
  @Override
  public Set<Capability> supportedCapabilities() {
    return delegate.supportedCapabilities();
  }

  /** Builds a {@link SmoothReadingChatModel}. */
  public static final class Builder extends ChatSettings<Builder> {
    private @Nullable ChatModel delegate;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** Answers short messages; required. */
    public Builder delegate(ChatModel delegate) {
      this.delegate = Objects.requireNonNull(delegate, "delegate");
      return this;
    }

    /**
     * The chat model.
     *
     * @throws IllegalArgumentException if reader or delegate are missing
     */
    public SmoothReadingChatModel build() {
      return new SmoothReadingChatModel(this);
    }
  }
}
