package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.segment.TextSegment;
import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.summary.ReadingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Segments, their offsets and their summaries. */
class SmoothReadingDocumentSplitterTest {
  private static SmoothReadingDocumentSplitter.Builder splitter() {
    return SmoothReadingDocumentSplitter.builder()
        .reader(WordReader.open())
        .question("Where is the lantern?");
  }

  @Test
  void segmentsAreTheTextAndEachCarriesItsSummary() {
    String text =
        "Snow fell on the pass. ".repeat(8)
            + "Ida hung up the lantern. "
            + "Wind came from the north. ".repeat(12);
    List<TextSegment> segments =
        splitter()
            .options(ReadingOptions.builder().stop(StopPolicy.whenModelSays()).build())
            .build()
            .split(Document.from(text, new Metadata().put("author", "Ida")));

    requireWhole(segments, text);
    assertThat(segments).hasSizeGreaterThan(3);
    int found = 0;
    for (int i = 0; i < segments.size(); i++) {
      Metadata metadata = segments.get(i).metadata();
      assertThat(metadata.getString(SmoothReadingMetadata.INDEX)).isEqualTo(String.valueOf(i));
      assertThat(metadata.getString("author")).isEqualTo("Ida");
      assertThat(metadata.getString(SmoothReadingMetadata.ANSWER))
          .isEqualTo("Ida hung up the lantern.");
      boolean here = segments.get(i).text().contains("lantern");
      found += here ? 1 : 0;
      String clue = found > 0 ? "Ida hung up the lantern." : "none";
      String reason = here ? "A new clue." : "Nothing new here.";
      assertThat(metadata.getString(SmoothReadingMetadata.SUMMARY))
          .isEqualTo("Target: Where is the lantern?\nClues: " + clue + "\nReason: " + reason);
      assertThat(metadata.toMap().containsKey(SmoothReadingMetadata.CLUES)).isEqualTo(here);
    }
    assertThat(found).isEqualTo(1);
  }

  /** Whatever the text, joined segments are the text, blank stretches aside. */
  @Test
  void segmentsOfRandomTextsAreWhole() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("x");
      String[] pieces = {
        "word ", "\n", "\n\n", "  ", "A sentence. ", "\uD83C\uDF27", "\f", "\t", "é"
      };
      int length = random.nextInt(1_200);
      while (text.length() < length) {
        text.append(pieces[random.nextInt(pieces.length)].repeat(random.nextInt(60) == 0 ? 90 : 1));
      }
      List<TextSegment> segments = splitter().build().split(Document.from(text.toString()));
      try {
        requireWhole(segments, text.toString());
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void requireWhole(List<TextSegment> segments, String text) {
    int at = 0;
    for (TextSegment segment : segments) {
      int start = segment.metadata().getLong(SmoothReadingMetadata.START_OFFSET).intValue();
      int end = segment.metadata().getLong(SmoothReadingMetadata.END_OFFSET).intValue();
      assertThat(start).isGreaterThanOrEqualTo(at);
      assertThat(text.substring(at, start)).isBlank();
      assertThat(text.substring(start, end)).isEqualTo(segment.text());
      at = end;
    }
    assertThat(text.substring(at)).isBlank();
  }

  @Test
  void aDocumentShorterThanAChunkIsOneSegment() {
    List<TextSegment> segments = splitter().build().split(Document.from("The lantern is here."));
    assertThat(segments).hasSize(1);
    assertThat(segments.get(0).text()).isEqualTo("The lantern is here.");
    assertThat(segments.get(0).metadata().getString(SmoothReadingMetadata.OUTCOME))
        .isEqualTo("answered");
  }

  @Test
  void blankDocumentsHaveNoSegments() {
    assertThat(splitter().build().split(new SmoothReadingDocumentTransformerTest.BlankDocument()))
        .isEmpty();
  }

  @Test
  void theRestOfACancelledReadingIsSplitWithoutSummaries() {
    String text = "Snow fell on the pass, and nobody came. ".repeat(40);
    ReadingCall[] call = new ReadingCall[1];
    call[0] =
        ReadingCall.builder()
            .listener(
                (document, event) -> {
                  if (event instanceof ReadingEvent.RoundWritten round
                      && round.round().index() == 2) {
                    call[0].cancel();
                  }
                })
            .build();
    List<TextSegment> segments = splitter().build().splitAll(List.of(Document.from(text)), call[0]);

    requireWhole(segments, text);
    List<TextSegment> plain = splitter().build().split(Document.from(text));
    assertThat(segments)
        .extracting(TextSegment::text)
        .containsExactlyElementsOf(plain.stream().map(TextSegment::text).toList());
    assertThat(segments)
        .extracting(one -> one.metadata().containsKey(SmoothReadingMetadata.SUMMARY))
        .startsWith(true, true, true, false)
        .endsWith(false);
  }

  @Test
  void summariesCanStandBeforeTheText() {
    TextSegment with = splitter().build().split(Document.from("The lantern is here.")).get(0);
    TextSegment joined = SmoothReadingDocumentSplitter.summaryBeforeText().transform(with);
    assertThat(joined.text())
        .isEqualTo(
            with.metadata().getString(SmoothReadingMetadata.SUMMARY) + "\n\nThe lantern is here.");
    TextSegment without = TextSegment.from("No summary.");
    assertThat(SmoothReadingDocumentSplitter.summaryBeforeText().transform(without))
        .isSameAs(without);
  }

  @Test
  void withoutAQuestionAChatModelIsNeeded() {
    assertThatThrownBy(
            () -> SmoothReadingDocumentSplitter.builder().reader(WordReader.open()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("question is missing")
        .hasMessageContaining("ChatModelSummarizer");

    ScriptedChatModel writer =
        new ScriptedChatModel(
            request ->
                AiMessage.from(
                    ScriptedChatModel.lastText(request)
                            .startsWith("Question: What is the document about")
                        ? "CLUES:\n- It tells of snow.\nREASON: It sets the scene.\nACTION: READ"
                        : "no"));
    List<TextSegment> segments =
        SmoothReadingDocumentSplitter.builder()
            .summarizer(ChatModelSummarizer.builder().chatModel(writer).chunkTokens(16).build())
            .build()
            .split(Document.from("Snow fell on the pass. ".repeat(10)));
    assertThat(segments).hasSizeGreaterThan(1);
    assertThat(segments)
        .allSatisfy(
            segment ->
                assertThat(segment.metadata().getString(SmoothReadingMetadata.SUMMARY))
                    .contains("Clues: It tells of snow.")
                    .endsWith("Reason: It sets the scene."));
  }

  @Test
  void oneRoundCannotSplit() {
    assertThatThrownBy(
            () ->
                splitter()
                    .options(ReadingOptions.builder().mode(ReadingMode.ONE_ROUND).build())
                    .build())
        .hasMessageContaining("ONE_ROUND");
  }
}
