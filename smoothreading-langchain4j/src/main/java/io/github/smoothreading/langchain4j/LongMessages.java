package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingListener;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.Round;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What both chat models do with a long message: recognise it, read it, and turn the reading into a
 * response.
 */
final class LongMessages {
  /** Fewer characters per token than in any text: what is longer need not be counted whole. */
  private static final int CHARS_PER_TOKEN = 16;

  private final SmoothReader reader;
  private final ReadingOptions options;
  private final DocumentReadings readings;
  private final PromptFormat format;
  private final int longerThan;
  private final String notFoundText;

  LongMessages(ChatSettings<?> settings) {
    reader = settings.reader();
    options = settings.options();
    readings = new DocumentReadings(settings);
    format = settings.promptFormat();
    longerThan = settings.longerThan();
    notFoundText = settings.notFoundText();
  }

  /**
   * The parts of the last message, if that is the user's and long.
   *
   * @throws UnsupportedFeatureException if the request asks for what reading cannot do
   * @throws InvalidRequestException if question and text cannot be told apart
   */
  Optional<PromptFormat.Parts> longMessage(ChatRequest request) {
    List<ChatMessage> messages = request.messages();
    if (!(messages.get(messages.size() - 1) instanceof UserMessage user)) {
      return Optional.empty();
    }
    String text =
        user.contents().stream()
            .filter(TextContent.class::isInstance)
            .map(content -> ((TextContent) content).text())
            .collect(Collectors.joining("\n"));
    if (!isLong(text)) {
      return Optional.empty();
    }
    checkSupported(request, user.contents());
    return Optional.of(
        format
            .parts(text)
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "the user message has more than %d tokens, and question and text cannot be told apart in it; give a promptFormat"
                            .formatted(longerThan))));
  }

  private boolean isLong(String text) {
    if (text.length() <= longerThan / 4) {
      return false; // At most four tokens stand for one UTF-16 code unit.
    }
    int counted = (int) Math.min(text.length(), (long) longerThan * CHARS_PER_TOKEN);
    return counted < text.length() || reader.countTokens(text) > longerThan;
  }

  private static void checkSupported(ChatRequest request, List<Content> contents) {
    check(contents.stream().allMatch(TextContent.class::isInstance), "a content that is no text");
    check(request.toolSpecifications() == null || request.toolSpecifications().isEmpty(), "tools");
    check(request.toolChoice() != ToolChoice.REQUIRED, "toolChoice REQUIRED");
    check(
        request.responseFormat() == null
            || request.responseFormat().type() != ResponseFormatType.JSON,
        "the JSON response format");
    check(request.stopSequences() == null || request.stopSequences().isEmpty(), "'stopSequences'");
    check(
        request.temperature() == null || request.temperature() == 0,
        "a 'temperature' other than 0");
    check(request.topP() == null, "'topP'");
    check(request.topK() == null, "'topK'");
    check(request.frequencyPenalty() == null, "'frequencyPenalty'");
    check(request.presencePenalty() == null, "'presencePenalty'");
    check(request.modelName() == null, "'modelName'");
  }

  private static void check(boolean supported, String feature) {
    if (!supported) {
      throw new UnsupportedFeatureException(
          "%s is not supported for a long message, which is read greedily by the reader's own model; leave it out, or shorten the message"
              .formatted(feature));
    }
  }

  /** Reads the text of a long message. */
  Reading read(
      PromptFormat.Parts parts,
      @Nullable Integer answerTokens,
      ReadingListener listener,
      ReadingCall call) {
    ReadingOptions.ReadingOptionsBuilder mine = options.toBuilder().listener(listener);
    if (answerTokens != null) {
      mine.answerTokens(answerTokens);
    }
    DocumentText text = DocumentText.of(Document.from(parts.text())).orElseThrow();
    ReadingOptions own = mine.build();
    try {
      return readings.readAll(List.of(text), parts.question(), any -> own, call).stream()
          .findFirst()
          .map(DocumentReading::reading)
          .orElseThrow(() -> new LangChain4jException("cancelled before reading began"));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage(), e);
    }
  }

  ChatResponse response(Reading reading) {
    String thinking =
        reading.rounds().stream().map(LongMessages::thinking).collect(Collectors.joining());
    return ChatResponse.builder()
        .aiMessage(AiMessage.builder().text(text(reading)).thinking(thinking).build())
        .metadata(
            SmoothReadingChatResponseMetadata.builder()
                .reading(reading)
                .id(UUID.randomUUID().toString())
                .modelName(reader.capacity().model())
                .tokenUsage(
                    new TokenUsage(
                        (int) Math.min(Integer.MAX_VALUE, reading.usage().tokensRead()),
                        (int) Math.min(Integer.MAX_VALUE, reading.usage().tokensGenerated())))
                .finishReason(finishReason(reading.outcome()))
                .build())
        .build();
  }

  String text(Reading reading) {
    return reading
        .answer()
        .orElseGet(
            () ->
                reading.outcome() instanceof Outcome.Ended
                    ? "Reading ended before there was an answer (%s)."
                        .formatted(DocumentReading.outcome(reading.outcome()))
                    : notFoundText);
  }

  /**
   * A round as one line of thought: only what is new in it, since the whole round repeats itself.
   */
  static String thinking(Round round) {
    String news =
        round.clues().stream()
            .filter(clue -> clue.round() == round.index())
            .map(Clue::text)
            .collect(Collectors.joining(" | "));
    return "[%d] %s%s\n"
        .formatted(round.index() + 1, news.isEmpty() ? "" : news + " - ", round.reason());
  }

  private static FinishReason finishReason(Outcome outcome) {
    if (outcome instanceof Outcome.Ended ended) {
      return ended.cause() == Outcome.Cause.CANCEL ? FinishReason.OTHER : FinishReason.LENGTH;
    }
    return FinishReason.STOP;
  }
}
