package io.github.smoothreading.langchain4j;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingEvent;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link SmoothReadingChatModel}, streaming: each round arrives as partial thinking as soon as it
 * is written, the answer as one partial response.
 *
 * <p>The handle in the context of every partial thinking cancels the reading after the forward pass
 * under way; as LangChain4j has it, the handler hears nothing more then. Callbacks come on a thread
 * of the reading's own. Before the first round a handler has no handle yet; that is one chunk's
 * time.
 */
public final class SmoothReadingStreamingChatModel implements StreamingChatModel {
  private static final System.Logger LOG =
      System.getLogger(SmoothReadingStreamingChatModel.class.getName());

  private final LongMessages messages;
  private final StreamingChatModel delegate;
  private final List<ChatModelListener> listeners;

  private SmoothReadingStreamingChatModel(Builder builder) {
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
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    Optional<PromptFormat.Parts> parts;
    try {
      parts = messages.longMessage(request);
    } catch (RuntimeException e) {
      handler.onError(e);
      return;
    }
    if (parts.isEmpty()) {
      delegate.chat(request, handler);
      return;
    }
    Thread thread =
        new Thread(() -> stream(parts.get(), request, handler), "smoothreading-streaming-chat");
    thread.setDaemon(true);
    thread.start();
  }

  private void stream(
      PromptFormat.Parts parts, ChatRequest request, StreamingChatResponseHandler handler) {
    ReadingCall call = ReadingCall.create();
    try {
      Reading reading =
          messages.read(
              parts, request.maxOutputTokens(), event -> think(event, handler, call), call);
      if (!call.isCancelled()) {
        guarded(
            handler,
            () ->
                handler.onPartialResponse(
                    new PartialResponse(messages.text(reading)), new PartialResponseContext(call)));
      }
      if (!call.isCancelled()) {
        guarded(handler, () -> handler.onCompleteResponse(messages.response(reading)));
      }
    } catch (RuntimeException e) {
      if (!call.isCancelled()) {
        guarded(handler, () -> handler.onError(e));
      }
    }
  }

  private static void think(
      ReadingEvent event, StreamingChatResponseHandler handler, ReadingCall call) {
    if (event instanceof ReadingEvent.RoundWritten written && !call.isCancelled()) {
      PartialThinking thinking = new PartialThinking(LongMessages.thinking(written.round()));
      guarded(handler, () -> handler.onPartialThinking(thinking, new PartialThinkingContext(call)));
    }
  }

  /** A handler that throws is told so, as LangChain4j's own models do, and the stream goes on. */
  private static void guarded(StreamingChatResponseHandler handler, Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      try {
        handler.onError(e);
      } catch (RuntimeException again) {
        LOG.log(Level.WARNING, "a streaming handler failed", again);
      }
    }
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

  /** Builds a {@link SmoothReadingStreamingChatModel}. */
  public static final class Builder extends ChatSettings<Builder> {
    private @Nullable StreamingChatModel delegate;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** Answers short messages; this or a {@link #delegate(ChatModel) plain one} is required. */
    public Builder delegate(StreamingChatModel delegate) {
      this.delegate = Objects.requireNonNull(delegate, "delegate");
      return this;
    }

    /** Answers short messages, each in one piece. */
    public Builder delegate(ChatModel delegate) {
      this.delegate = new InOnePiece(Objects.requireNonNull(delegate, "delegate"));
      return this;
    }

    /**
     * The chat model.
     *
     * @throws IllegalArgumentException if reader or delegate are missing
     */
    public SmoothReadingStreamingChatModel build() {
      return new SmoothReadingStreamingChatModel(this);
    }
  }

  /** A plain chat model in the shape of a streaming one. */
  private record InOnePiece(ChatModel model) implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      ChatResponse response;
      try {
        response = model.chat(request);
      } catch (RuntimeException e) {
        handler.onError(e);
        return;
      }
      String text = response.aiMessage().text();
      if (text != null && !text.isEmpty()) {
        guarded(handler, () -> handler.onPartialResponse(text));
      }
      guarded(handler, () -> handler.onCompleteResponse(response));
    }

    @Override
    public Set<Capability> supportedCapabilities() {
      return model.supportedCapabilities();
    }
  }
}
