package io.github.smoothreading.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.TokenCountEstimator;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.text.TextEncoder;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Counts tokens as the reader's model does, so that LangChain4j's splitters cut in the reader's
 * measure.
 *
 * <p>A text is counted exactly; of a message, its texts are, and nothing is added for roles, since
 * the reader has none.
 */
public final class SmoothReadingTokenCountEstimator implements TokenCountEstimator {
  private final TextEncoder encoder;

  /** Counts with the tokenizer of {@code reader}. */
  public SmoothReadingTokenCountEstimator(SmoothReader reader) {
    encoder = reader.encoder();
  }

  @Override
  public int estimateTokenCountInText(String text) {
    return text.isEmpty() ? 0 : encoder.encode(text).ids().length;
  }

  /**
   * Tokens of the message's texts.
   *
   * @throws UnsupportedFeatureException for images, sounds and other contents that are no text
   */
  @Override
  public int estimateTokenCountInMessage(ChatMessage message) {
    return estimateTokenCountInText(text(message));
  }

  @Override
  public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
    int sum = 0;
    for (ChatMessage message : messages) {
      sum += estimateTokenCountInMessage(message);
    }
    return sum;
  }

  private static String text(ChatMessage message) {
    if (message instanceof SystemMessage system) {
      return system.text();
    }
    if (message instanceof UserMessage user) {
      return user.contents().stream()
          .map(
              content -> {
                if (content instanceof TextContent text) {
                  return text.text();
                }
                throw new UnsupportedFeatureException(
                    "a content of type %s has no tokens of a text model; count texts only"
                        .formatted(content.type()));
              })
          .collect(Collectors.joining("\n"));
    }
    if (message instanceof AiMessage ai) {
      String calls =
          ai.toolExecutionRequests().stream()
              .map(SmoothReadingTokenCountEstimator::text)
              .collect(Collectors.joining("\n"));
      return Objects.requireNonNullElse(ai.text(), "") + calls;
    }
    if (message instanceof ToolExecutionResultMessage result) {
      return result.text();
    }
    throw new UnsupportedFeatureException(
        "a message of type %s cannot be counted; count its texts".formatted(message.type()));
  }

  private static String text(ToolExecutionRequest call) {
    return call.name() + " " + Objects.requireNonNullElse(call.arguments(), "");
  }
}
