package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.UserMessage;
import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A document of 300,000 tokens, left in the middle: the default model, real wiring. */
class CancelTest {
  private static final String QUESTION =
      "What did the grandmother think a kitchen without a radio is?";
  private static final ReadingOptions TO_THE_END =
      ReadingOptions.builder().stop(StopPolicy.never()).build();

  private static SmoothReader reader;
  private static Document longDocument;

  interface Assistant {
    Result<String> ask(@UserMessage String question, InvocationParameters parameters);
  }

  @BeforeAll
  static void open() {
    reader = SmoothReader.open();
    String needle =
        "My grandmother held that a kitchen without a radio is merely a room with knives in it. ";
    longDocument =
        Document.from(
            needle + HeldBack.prose(7, 1_500_000),
            new Metadata().put(Document.FILE_NAME, "long.txt"));
    assertThat(
            new SmoothReadingTokenCountEstimator(reader)
                .estimateTokenCountInText(longDocument.text()))
        .isGreaterThan(300_000);
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  @Test
  void returnsWithinOneChunkWithWhatWasFound() throws Exception {
    ChunkClock clock = new ChunkClock();
    CountDownLatch third = new CountDownLatch(3);
    ReadingCall call =
        ReadingCall.builder()
            .listener(
                (document, event) -> {
                  assertThat(document).isEqualTo("long.txt");
                  if (event instanceof ReadingEvent.ChunkRead) {
                    clock.tick();
                    third.countDown();
                  }
                })
            .build();
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(ScriptedChatModel.echo())
            .contentRetriever(
                SmoothReadingContentRetriever.builder()
                    .reader(reader)
                    .options(TO_THE_END)
                    .documents(List.of(longDocument))
                    .build())
            .build();

    CompletableFuture<Result<String>> running =
        CompletableFuture.supplyAsync(() -> assistant.ask(QUESTION, call.parameters()));
    assertThat(third.await(5, TimeUnit.MINUTES)).isTrue();
    // Not between two chunks, where it is easy: in the middle of one.
    Thread.sleep(clock.longest().toMillis() / 3);
    int before = clock.chunks();
    long cancelled = System.nanoTime();
    call.cancel();
    Result<String> result = running.get(5, TimeUnit.MINUTES);
    Duration took = Duration.ofNanos(System.nanoTime() - cancelled);

    System.out.printf("cancel returned after %s; longest chunk %s%n", took, clock.longest());
    // The chunk under way may come to its end; no other is begun.
    assertThat(clock.chunks() - before).isLessThanOrEqualTo(1);
    Reading reading = call.readings().get(0);
    assertThat(reading.outcome()).isEqualTo(new Outcome.Ended(Outcome.Cause.CANCEL));
    assertThat(reading.coverage().charsRead()).isBetween(1L, 100_000L);
    assertThat(reading.coverage().charsTotal()).isEqualTo(longDocument.text().length());
    // What was noted before the cancel is passed on, with the coverage that goes with it.
    boolean verified = reading.clues().stream().anyMatch(clue -> clue.verified());
    assertThat(result.sources()).hasSize(verified ? 1 : 0);
    result
        .sources()
        .forEach(
            source -> {
              Metadata metadata = source.textSegment().metadata();
              assertThat(metadata.getString(SmoothReadingMetadata.OUTCOME)).isEqualTo("cancelled");
              assertThat(metadata.getLong(SmoothReadingMetadata.CHARS_READ))
                  .isEqualTo(reading.coverage().charsRead());
            });
  }

  @Test
  void streamingHandleEndsReadingAndTheHandlerHearsNoMore() throws Exception {
    AtomicInteger thoughts = new AtomicInteger();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    AtomicInteger afterwards = new AtomicInteger();
    SmoothReadingStreamingChatModel model =
        SmoothReadingStreamingChatModel.builder()
            .reader(reader)
            .options(TO_THE_END)
            .delegate(new ScriptedChatModel(request -> AiMessage.from("short")))
            .promptFormat(PromptFormat.questionLast())
            .listener(
                (document, event) -> {
                  if (event instanceof ReadingEvent.Finished) {
                    ended.complete(null);
                  }
                })
            .build();

    model.chat(
        longDocument.text() + "\n\n" + QUESTION,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
            if (thoughts.incrementAndGet() == 2) {
              context.streamingHandle().cancel();
              assertThat(context.streamingHandle().isCancelled()).isTrue();
            }
          }

          @Override
          public void onPartialResponse(String partialResponse) {
            afterwards.incrementAndGet();
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            afterwards.incrementAndGet();
          }

          @Override
          public void onError(Throwable error) {
            afterwards.incrementAndGet();
          }
        });

    ended.get(5, TimeUnit.MINUTES);
    assertThat(thoughts).hasValue(2);
    assertThat(afterwards).hasValue(0);
  }

  @Test
  void deadlineEndsTheReadingsOfTheCall() {
    ReadingCall call = ReadingCall.builder().deadline(Duration.ofSeconds(1)).build();
    Document read =
        SmoothReadingDocumentTransformer.builder()
            .reader(reader)
            .options(TO_THE_END)
            .question(QUESTION)
            .output(SmoothReadingDocumentTransformer.Output.ADD_METADATA)
            .build()
            .transformAll(List.of(longDocument, longDocument), call)
            .get(1);
    assertThat(read.metadata().getString(SmoothReadingMetadata.OUTCOME)).isEqualTo("deadline");
    assertThat(read.text()).isEqualTo(longDocument.text());
    assertThat(call.readings())
        .allSatisfy(
            reading ->
                assertThat(reading.outcome()).isEqualTo(new Outcome.Ended(Outcome.Cause.DEADLINE)));
  }

  /** The longest time between two chunks. */
  private static final class ChunkClock {
    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private final AtomicLong longest = new AtomicLong();
    private final AtomicInteger chunks = new AtomicInteger();

    void tick() {
      chunks.incrementAndGet();
      long now = System.nanoTime();
      longest.accumulateAndGet(now - last.getAndSet(now), Math::max);
    }

    int chunks() {
      return chunks.get();
    }

    Duration longest() {
      return Duration.ofNanos(longest.get());
    }
  }
}
