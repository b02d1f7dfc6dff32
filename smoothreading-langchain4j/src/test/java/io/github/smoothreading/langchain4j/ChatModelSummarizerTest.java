package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.ReadingTask;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.ReadingMode;
import io.github.smoothreading.text.TextEncoder;
import io.github.smoothreading.text.TextSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reading loop over a chat model that finds sentences with "cellar" in them. */
class ChatModelSummarizerTest {
  private static final String FACT = "The wine is in the cellar.";
  private static final String TEXT =
      "It was raining hard. ".repeat(20) + FACT + " " + "Nobody came. ".repeat(20);
  private static final String QUESTION = "Where is the wine?";

  private final List<String> prompts = new ArrayList<>();
  private final ScriptedChatModel finder =
      new ScriptedChatModel(request -> AiMessage.from(reply(ScriptedChatModel.lastText(request))));

  private String reply(String prompt) {
    prompts.add(prompt);
    if (prompt.contains("from these notes alone")) {
      return "In the cellar.";
    }
    boolean here = part(prompt).contains(FACT);
    boolean known = prompt.substring(0, prompt.indexOf("The next part")).contains(FACT);
    return """
        **CLUES:**
        - %s
        **REASON:** %s
        **ACTION:** %s
        """
        .formatted(
            here ? "\"" + FACT + "\"" : "none",
            here ? "It says where." : "Nothing.",
            here || known ? "STOP" : "READ");
  }

  private static String part(String prompt) {
    return prompt.substring(prompt.indexOf("=====:\n"), prompt.lastIndexOf("====="));
  }

  private static SmoothReader reader(ScriptedChatModel model) {
    return SmoothReader.builder()
        .summarizer(ChatModelSummarizer.builder().chatModel(model).chunkTokens(64).build())
        .build();
  }

  @Test
  void readsChunkByChunkAndVerifiesTheQuotation() {
    Reading reading = reader(finder).read(TextSource.of("house.txt", TEXT), QUESTION);

    assertThat(reading.answer()).contains("In the cellar.");
    assertThat(reading.stoppedEarly()).isTrue();
    assertThat(reading.clues()).hasSize(1);
    Clue clue = reading.clues().get(0);
    assertThat(clue.text()).isEqualTo(FACT);
    assertThat(clue.place().orElseThrow().start()).isEqualTo(TEXT.indexOf(FACT));
    assertThat(prompts).hasSize(reading.rounds().size() + 1);
    assertThat(reading.usage().tokensFed()).isPositive();
  }

  /**
   * The memory is dropped: what an earlier part said reaches a later request through the notes
   * alone.
   */
  @Test
  void carriesNothingButTheClues() {
    ReadingOptions toTheEnd = ReadingOptions.builder().stop(StopPolicy.never()).build();
    reader(finder).read(TextSource.of(TEXT), QUESTION, toTheEnd);
    String last = prompts.get(prompts.size() - 2);
    assertThat(last).contains("- " + FACT).contains("the last,").doesNotContain("raining");
    assertThat(finder.requests).allSatisfy(request -> assertThat(request.messages()).hasSize(2));
  }

  @Test
  void oneRoundSendsTheWholeText() {
    ReadingOptions once = ReadingOptions.builder().mode(ReadingMode.ONE_ROUND).build();
    Reading reading = reader(finder).read(TextSource.of(TEXT), QUESTION, once);
    assertThat(reading.rounds()).hasSize(1);
    assertThat(prompts.get(0)).contains(TEXT);
  }

  @Test
  void asksAgainForAReplyOfTheForm() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedChatModel chatty =
        new ScriptedChatModel(
            request -> {
              String prompt = ScriptedChatModel.lastText(request);
              boolean first = asked.getAndIncrement() == 0;
              return AiMessage.from(first ? "Sure! Happy to help." : reply(prompt));
            });
    List<ReadingEvent> events = new ArrayList<>();
    Reading reading =
        reader(chatty)
            .read(
                TextSource.of(TEXT),
                QUESTION,
                ReadingOptions.builder().listener(events::add).build());
    assertThat(reading.answer()).contains("In the cellar.");
    assertThat(events).hasAtLeastOneElementOfType(ReadingEvent.RoundRepaired.class);
  }

  @Test
  void chunksWithoutUsableReplyAreWithoutNews() {
    ScriptedChatModel mute = new ScriptedChatModel(request -> AiMessage.from("..."));
    Reading reading = reader(mute).read(TextSource.of(TEXT), QUESTION);
    assertThat(reading.outcome()).isEqualTo(new Outcome.NotFound());
    assertThat(reading.coverage().complete()).isTrue();
  }

  @Test
  void failuresOfTheModelKeepWhatWasNoted() {
    ScriptedChatModel breaking =
        new ScriptedChatModel(
            request -> {
              String prompt = ScriptedChatModel.lastText(request);
              if (prompt.contains("- " + FACT)) {
                throw new IllegalStateException("no credit left");
              }
              return AiMessage.from(reply(prompt));
            });
    Reading reading =
        reader(breaking)
            .read(
                TextSource.of(TEXT),
                QUESTION,
                ReadingOptions.builder().stop(StopPolicy.never()).build());
    assertThat(reading.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(reading.clues()).extracting(Clue::text).containsExactly(FACT);
  }

  @Test
  void cancelEndsBetweenRequests() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    ScriptedChatModel slow =
        new ScriptedChatModel(
            request -> {
              asked.countDown();
              try {
                cancelled.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return AiMessage.from("CLUES:\nnone\nREASON: x\nACTION: READ");
            });
    ReadingTask task = reader(slow).start(TextSource.of(TEXT), QUESTION, ReadingOptions.DEFAULTS);
    asked.await();
    task.cancel();
    cancelled.countDown();
    assertThat(task.future().get().outcome()).isEqualTo(new Outcome.Ended(Outcome.Cause.CANCEL));
    assertThat(slow.requests).hasSize(1);
  }

  @Test
  void resumesFromACheckpoint(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("state");
    ReadingOptions toTheEnd =
        ReadingOptions.builder().stop(StopPolicy.never()).checkpoint(file).build();
    TextSource source = TextSource.of(TEXT);
    Reading whole = reader(finder).read(source, QUESTION, toTheEnd);
    Reading rest =
        reader(finder)
            .resume(file, source, ReadingOptions.builder().stop(StopPolicy.never()).build());
    assertThat(rest.answer()).isEqualTo(whole.answer());
    assertThat(rest.clues()).isEqualTo(whole.clues());
  }

  @Test
  void oldCluesLeaveWhenTheRoundIsFull() {
    AtomicInteger number = new AtomicInteger();
    ScriptedChatModel collector =
        new ScriptedChatModel(
            request ->
                AiMessage.from(
                    "CLUES:\n- note number %d of many\nREASON: more\nACTION: READ"
                        .formatted(number.incrementAndGet())));
    List<ReadingEvent> events = new ArrayList<>();
    Reading reading =
        SmoothReader.builder()
            .summarizer(
                ChatModelSummarizer.builder()
                    .chatModel(collector)
                    .chunkTokens(16)
                    .roundTokens(48)
                    .build())
            .build()
            .read(
                TextSource.of(TEXT),
                QUESTION,
                ReadingOptions.builder().stop(StopPolicy.never()).listener(events::add).build());
    assertThat(events).hasAtLeastOneElementOfType(ReadingEvent.ClueLeft.class);
    assertThat(reading.clues()).hasSize(reading.rounds().size());
  }

  @Test
  void estimatedTokensCoverTheText() {
    TextEncoder encoder = new EstimatedEncoder();
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(80); i > 0; i--) {
        text.appendCodePoint(
            switch (random.nextInt(5)) {
              case 0 -> ' ';
              case 1 -> '0' + random.nextInt(10);
              case 2 -> 0x4E00 + random.nextInt(100);
              case 3 -> 0x1F300 + random.nextInt(100);
              default -> 'a' + random.nextInt(26);
            });
      }
      TextEncoder.Encoding encoding = encoder.encode(text.toString());
      assertThat(encoding.ends()).as("seed %d", seed).isSorted().hasSameSizeAs(encoding.ids());
      assertThat(encoding.ends().length == 0 ? 0 : encoding.ends()[encoding.ends().length - 1])
          .as("seed %d", seed)
          .isEqualTo(text.length());
      for (int end : encoding.ends()) {
        assertThat(end < text.length() && Character.isLowSurrogate(text.charAt(end)))
            .as("seed %d: a token ends inside a character", seed)
            .isFalse();
      }
    }
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> ChatModelSummarizer.builder().build())
        .hasMessageContaining("chatModel is missing");
    assertThatThrownBy(() -> ChatModelSummarizer.builder().chunkTokens(3))
        .hasMessageContaining("chunkTokens is 3");
  }
}
