package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.input.PromptTemplate;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.injector.DefaultContentInjector;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.github.smoothreading.ReadingOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Long messages are read, short ones handed on; the same for the plain and the streaming model. */
class SmoothReadingChatModelTest {
  private static final String QUESTION = "Who owns the boat?";
  private static final String TEXT =
      "The quay was empty. ".repeat(40) + "Old Maren owns the boat. " + "Gulls cried. ".repeat(20);
  private static final String LONG =
      ((UserMessage)
              new DefaultContentInjector()
                  .inject(List.of(Content.from(TEXT)), UserMessage.from(QUESTION)))
          .singleText();

  private final ScriptedChatModel delegate =
      new ScriptedChatModel(request -> AiMessage.from("from the delegate"));

  private SmoothReadingChatModel.Builder model() {
    return SmoothReadingChatModel.builder().reader(WordReader.open()).delegate(delegate);
  }

  @Test
  void readsWhatTheContentInjectorMakes() {
    ChatResponse response =
        model().build().chat(SystemMessage.from("Be brief."), UserMessage.from(LONG));

    assertThat(response.aiMessage().text()).isEqualTo("Old Maren owns the boat.");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.modelName()).isEqualTo("word reader");
    assertThat(response.tokenUsage().inputTokenCount()).isBetween(800, TEXT.length());
    List<String> thoughts = response.aiMessage().thinking().lines().toList();
    assertThat(thoughts.get(0)).isEqualTo("[1] Nothing new here.");
    assertThat(thoughts.get(thoughts.size() - 1))
        .endsWith("] Old Maren owns the boat. - A new clue.");
    SmoothReadingChatResponseMetadata metadata =
        (SmoothReadingChatResponseMetadata) response.metadata();
    assertThat(metadata.reading().question()).isEqualTo(QUESTION);
    assertThat(metadata.reading().rounds()).hasSameSizeAs(thoughts);
    assertThat(metadata.toBuilder().id("other").build())
        .isInstanceOfSatisfying(
            SmoothReadingChatResponseMetadata.class,
            copy -> {
              assertThat(copy.reading()).isSameAs(metadata.reading());
              assertThat(copy.modelName()).isEqualTo("word reader");
            });
    assertThat(delegate.requests).isEmpty();
  }

  interface Assistant {
    String ask(String question);
  }

  interface StreamingAssistant {
    TokenStream ask(String question);
  }

  private static final ContentRetriever WHOLE_TEXT = query -> List.of(Content.from(TEXT));

  @Test
  void readsWhatAnAiServiceRetrieved() {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(model().build())
            .contentRetriever(WHOLE_TEXT)
            .build();
    assertThat(assistant.ask(QUESTION)).isEqualTo("Old Maren owns the boat.");
  }

  @Test
  void streamsWhatAnAiServiceRetrieved() throws Exception {
    StreamingAssistant assistant =
        AiServices.builder(StreamingAssistant.class)
            .streamingChatModel(streaming())
            .contentRetriever(WHOLE_TEXT)
            .build();
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    StringBuilder thinking = new StringBuilder();
    StringBuilder answer = new StringBuilder();
    assistant
        .ask(QUESTION)
        .onPartialThinking(thought -> thinking.append(thought.text()))
        .onPartialResponse(answer::append)
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    ChatResponse response = done.get(1, TimeUnit.MINUTES);
    assertThat(answer).hasToString("Old Maren owns the boat.");
    assertThat(thinking).hasToString(response.aiMessage().thinking());
  }

  @Test
  void handsOnShortMessagesAndToolResults() {
    assertThat(model().build().chat("Hello?")).isEqualTo("from the delegate");
    assertThat(
            model()
                .build()
                .chat(UserMessage.from(LONG), AiMessage.from("And now for something shorter"))
                .aiMessage()
                .text())
        .isEqualTo("from the delegate");
    assertThat(delegate.requests).hasSize(2);
  }

  @Test
  void theThresholdIsCountedInTokens() {
    String message = LONG.substring(0, 480);
    assertThat(model().build().chat(message)).isEqualTo("from the delegate");
    assertThatThrownBy(() -> model().longerThan(479).build().chat("x".repeat(480)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("479 tokens")
        .hasMessageContaining("promptFormat");
  }

  @Test
  void saysWhenTheTextDoesNotAnswer() {
    String unanswered = LONG.replace("owns the boat.", "went away.");
    assertThat(model().build().chat(unanswered))
        .isEqualTo("The text does not answer this question.");
    assertThat(model().notFoundText("Nope.").build().chat(unanswered)).isEqualTo("Nope.");
  }

  @Test
  void saysWhenALimitEndedTheReading() {
    ChatResponse response =
        model()
            .options(ReadingOptions.builder().tokenBudget(200).build())
            .build()
            .chat(UserMessage.from(LONG));
    assertThat(response.aiMessage().text()).contains("budget");
    assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void listenersHearOfIt() {
    List<String> heard = new ArrayList<>();
    ChatModelListener listener =
        new ChatModelListener() {
          @Override
          public void onResponse(ChatModelResponseContext context) {
            heard.add(context.chatResponse().aiMessage().text());
          }
        };
    model().listeners(List.of(listener)).build().chat(LONG);
    assertThat(heard).containsExactly("Old Maren owns the boat.");
  }

  static Stream<Consumer<ChatRequest.Builder>> unsupported() {
    return Stream.of(
        request -> request.toolSpecifications(ToolSpecification.builder().name("t").build()),
        request -> request.responseFormat(ResponseFormat.JSON),
        request -> request.stopSequences(List.of("x")),
        request -> request.temperature(0.7),
        request -> request.topP(0.5),
        request -> request.topK(3),
        request -> request.frequencyPenalty(1.0),
        request -> request.presencePenalty(1.0),
        request -> request.modelName("another"),
        request ->
            request.messages(
                UserMessage.from(
                    TextContent.from(LONG), ImageContent.from("https://example.org/a.png"))));
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void saysWhatItDoesNotSupport(Consumer<ChatRequest.Builder> feature) throws Exception {
    ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from(LONG));
    feature.accept(request);
    assertThatThrownBy(() -> model().build().chat(request.build()))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("not supported for a long message");
    Heard heard = stream(request.build());
    assertThat(heard.error).isInstanceOf(UnsupportedFeatureException.class);
  }

  @Test
  void supportsWhatHasAMeaning() {
    ChatRequest request =
        ChatRequest.builder()
            .messages(UserMessage.from(LONG))
            .temperature(0.0)
            .maxOutputTokens(50)
            .responseFormat(ResponseFormat.TEXT)
            .build();
    assertThat(model().build().chat(request).aiMessage().text())
        .isEqualTo("Old Maren owns the boat.");
  }

  @Test
  void questionsThatAreTooLongAreInvalid() {
    String message = "Why? ".repeat(40) + "\n\nAnswer using the following information:\n" + TEXT;
    assertThatThrownBy(() -> model().build().chat(message))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("question has");
  }

  @Test
  void formatsTellQuestionAndTextApart() {
    PromptFormat.Parts parts = new PromptFormat.Parts("Q?", "A\n\nB");
    assertThat(PromptFormat.questionFirst().parts("Q?\n\nA\n\nB")).contains(parts);
    assertThat(PromptFormat.questionLast().parts("A\n\nB\n\nQ?\n")).contains(parts);
    assertThat(PromptFormat.questionFirst().parts("no empty line")).isEmpty();
    PromptFormat own =
        PromptFormat.injectedBy(
            PromptTemplate.from("Read:\n{{contents}}\nNow answer: {{userMessage}}\nThanks."));
    assertThat(own.parts("Read:\nA\nNow answer: no\nB\nNow answer: Q?\nThanks."))
        .contains(new PromptFormat.Parts("Q?", "A\nNow answer: no\nB"));
    assertThat(own.parts("Something else")).isEmpty();
    assertThat(PromptFormat.injectedContents().parts(LONG))
        .contains(new PromptFormat.Parts(QUESTION, TEXT.strip()));
    assertThatThrownBy(() -> PromptFormat.injectedBy(PromptTemplate.from("{{contents}}")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void streamsRoundsAsThinkingAndThenTheAnswer() throws Exception {
    ChatRequest request = ChatRequest.builder().messages(UserMessage.from(LONG)).build();
    Heard heard = stream(request);

    ChatResponse plain = model().build().chat(request);
    assertThat(heard.error).isNull();
    assertThat(String.join("", heard.thoughts)).isEqualTo(plain.aiMessage().thinking());
    assertThat(heard.answers).containsExactly("Old Maren owns the boat.");
    assertThat(heard.response.aiMessage()).isEqualTo(plain.aiMessage());
  }

  @Test
  void streamsShortMessagesFromTheDelegate() throws Exception {
    Heard heard = stream(ChatRequest.builder().messages(UserMessage.from("Hello?")).build());
    assertThat(heard.answers).containsExactly("from the delegate");
    assertThat(heard.thoughts).isEmpty();
  }

  @Test
  void aHandlerThatThrowsIsToldAndTheStreamGoesOn() throws Exception {
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    List<Throwable> errors = new ArrayList<>();
    streaming()
        .chat(
            LONG,
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialThinking(PartialThinking thinking) {
                throw new IllegalStateException("bad handler");
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                done.complete(response);
              }

              @Override
              public void onError(Throwable error) {
                errors.add(error);
              }
            });
    assertThat(done.get(1, TimeUnit.MINUTES).aiMessage().text())
        .isEqualTo("Old Maren owns the boat.");
    assertThat(errors).isNotEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> SmoothReadingChatModel.builder().reader(WordReader.open()).build())
        .hasMessageContaining("delegate is missing");
    assertThatThrownBy(() -> SmoothReadingStreamingChatModel.builder().delegate(delegate).build())
        .hasMessageContaining("reader is missing");
  }

  private SmoothReadingStreamingChatModel streaming() {
    return SmoothReadingStreamingChatModel.builder()
        .reader(WordReader.open())
        .delegate(delegate)
        .build();
  }

  private Heard stream(ChatRequest request) throws Exception {
    Heard heard = new Heard();
    streaming().chat(request, heard);
    heard.done.get(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS);
    return heard;
  }

  private static final class Heard implements StreamingChatResponseHandler {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final List<String> thoughts = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private ChatResponse response;
    private Throwable error;

    @Override
    public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
      assertThat(context.streamingHandle().isCancelled()).isFalse();
      thoughts.add(thinking.text());
    }

    @Override
    public void onPartialResponse(String partialResponse) {
      answers.add(partialResponse);
    }

    @Override
    public void onCompleteResponse(ChatResponse completeResponse) {
      response = completeResponse;
      done.complete(null);
    }

    @Override
    public void onError(Throwable failure) {
      error = failure;
      done.complete(null);
    }
  }
}
