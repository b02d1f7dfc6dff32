package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.exception.LangChain4jException;
import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.langchain4j.SmoothReadingDocumentTransformer.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Documents before and after the transformer. */
class SmoothReadingDocumentTransformerTest {
  private static final String FACT = "The key is under the flowerpot.";
  private static final String LONG =
      "It was a long day in the garden. ".repeat(6)
          + FACT
          + " And so to bed."
          + " Rain fell.".repeat(30);

  private static SmoothReadingDocumentTransformer.Builder transformer() {
    return SmoothReadingDocumentTransformer.builder()
        .reader(WordReader.open())
        .question("What is under the flowerpot?");
  }

  private static Document document(String text) {
    return Document.from(text, new Metadata().put(Document.FILE_NAME, "diary.txt"));
  }

  @Test
  void replacesTheTextByCluesInTheirSentences() {
    Document read = transformer().build().transform(document(LONG));

    assertThat(read.text())
        .isEqualTo("It was a long day in the garden. " + FACT + " And so to bed.");
    Metadata metadata = read.metadata();
    int start = LONG.indexOf(FACT);
    assertThat(metadata.getString(Document.FILE_NAME)).isEqualTo("diary.txt");
    assertThat(metadata.getString(SmoothReadingMetadata.ANSWER)).isEqualTo(FACT);
    assertThat(metadata.getString(SmoothReadingMetadata.CLUES))
        .isEqualTo(start + "-" + (start + FACT.length()));
    assertThat(metadata.getString(SmoothReadingMetadata.OUTCOME)).isEqualTo("answered_early");
    assertThat(metadata.getLong(SmoothReadingMetadata.CHARS_TOTAL)).isEqualTo(LONG.length());
    assertThat(metadata.getLong(SmoothReadingMetadata.CHARS_READ))
        .isBetween((long) start, (long) LONG.length() - 1);
    int from = metadata.getLong(SmoothReadingMetadata.START_OFFSET).intValue();
    int to = metadata.getLong(SmoothReadingMetadata.END_OFFSET).intValue();
    assertThat(LONG.substring(from, to)).isEqualTo(read.text());
  }

  @Test
  void surroundingsCanBeLeftOut() {
    Document read = transformer().surroundingSentences(0).build().transform(document(LONG));
    assertThat(read.text()).isEqualTo(FACT);
  }

  @Test
  void addsMetadataToTheUnchangedText() {
    Document read = transformer().output(Output.ADD_METADATA).build().transform(document(LONG));
    assertThat(read.text()).isEqualTo(LONG);
    assertThat(read.metadata().getString(SmoothReadingMetadata.ANSWER)).isEqualTo(FACT);
  }

  @Test
  void leavesTheDocumentItGotAlone() {
    Document document = document(LONG);
    transformer().build().transform(document);
    assertThat(document.text()).isEqualTo(LONG);
    assertThat(document.metadata().toMap()).containsOnlyKeys(Document.FILE_NAME);
  }

  /** Stores take what LangChain4j's metadata take, and that are no booleans. */
  @Test
  void metadataHoldNoBooleans() {
    assertThatThrownBy(() -> new Metadata(Map.of("found", true)))
        .isInstanceOf(IllegalArgumentException.class);
    for (String text : List.of(LONG, "Nothing.", FACT)) {
      Document read = transformer().build().transform(document(text));
      assertThat(Metadata.from(read.metadata().toMap())).isEqualTo(read.metadata());
      assertThat(read.metadata().toMap().values())
          .allSatisfy(
              value ->
                  assertThat(value)
                      .isInstanceOfAny(String.class, Integer.class, Long.class, Double.class));
    }
  }

  @Test
  void keepsOrDropsWhatHasNoAnswer() {
    Document silent = document("Nothing of the kind is said here.");
    Document kept = transformer().build().transform(silent);
    assertThat(kept.text()).isEqualTo(silent.text());
    assertThat(kept.metadata().getString(SmoothReadingMetadata.OUTCOME)).isEqualTo("not_found");
    assertThat(kept.metadata().toMap()).doesNotContainKey(SmoothReadingMetadata.ANSWER);

    SmoothReadingDocumentTransformer dropping = transformer().dropIfNotFound(true).build();
    assertThat(dropping.transform(silent)).isNull();
    assertThat(dropping.transformAll(List.of(silent, document(LONG), silent))).hasSize(1);
  }

  @Test
  void makesTheQuestionFromTheDocument() {
    Document read =
        SmoothReadingDocumentTransformer.builder()
            .reader(WordReader.open())
            .questionFrom(document -> "What about " + document.metadata().getString("topic") + "?")
            .build()
            .transform(
                Document.from(
                    "The dog barks. The cat sleeps.", new Metadata().put("topic", "cat")));
    assertThat(read.metadata().getString(SmoothReadingMetadata.QUESTION))
        .isEqualTo("What about cat?");
    assertThat(read.metadata().getString(SmoothReadingMetadata.ANSWER))
        .isEqualTo("The cat sleeps.");
  }

  @Test
  void dropsBlankDocuments() {
    Document blank = new BlankDocument();
    assertThat(transformer().build().transform(blank)).isNull();
    assertThat(transformer().build().transformAll(List.of(blank, document(FACT)))).hasSize(1);
    assertThat(transformer().build().transformAll(List.of())).isEmpty();
  }

  @Test
  void keepsTheOrderOfDocuments() {
    List<Document> documents =
        java.util.stream.IntStream.range(0, 40)
            .mapToObj(i -> document("Line " + i + ". The flowerpot number " + i + "."))
            .toList();
    List<Document> read = transformer().maxConcurrentReads(3).build().transformAll(documents);
    assertThat(read).hasSize(40);
    for (int i = 0; i < 40; i++) {
      assertThat(read.get(i).metadata().getString(SmoothReadingMetadata.ANSWER))
          .isEqualTo("The flowerpot number " + i + ".");
    }
  }

  @Test
  void anAnswerWithoutVerifiedClueIsPassedOnAsUnverified() {
    Document read =
        SmoothReadingDocumentTransformer.builder()
            .reader(WordReader.open())
            .question("Please invent something")
            .build()
            .transform(document("Nothing."));
    assertThat(read.text()).isEqualTo("This stands nowhere.");
    assertThat(read.metadata().getInteger(SmoothReadingMetadata.VERIFIED_CLUES)).isZero();
    assertThat(read.metadata().toMap()).doesNotContainKey(SmoothReadingMetadata.CLUES);
  }

  @Test
  void aFailingReadingNamesTheDocument() {
    assertThatThrownBy(() -> transformer().build().transform(document("This will fail.")))
        .isInstanceOf(LangChain4jException.class)
        .hasMessageContaining("diary.txt")
        .hasMessageContaining("the engine broke");
  }

  @Test
  void tellsProgressPerDocumentAndSurvivesAListenerThatThrows() {
    List<String> told = new CopyOnWriteArrayList<>();
    transformer()
        .listener(
            (document, event) -> {
              if (event instanceof ReadingEvent.Finished) {
                told.add(document);
              }
              throw new IllegalStateException("a bad listener");
            })
        .build()
        .transform(document(LONG));
    assertThat(told).containsExactly("diary.txt");
  }

  @Test
  void cancelledCallsLeaveDocumentsAsTheyAre() {
    ReadingCall call = ReadingCall.create();
    call.cancel();
    List<Document> read = transformer().build().transformAll(List.of(document(LONG)), call);
    assertThat(read.get(0).text()).isEqualTo(LONG);
    assertThat(read.get(0).metadata().getString(SmoothReadingMetadata.OUTCOME))
        .isEqualTo("cancelled");
    assertThat(call.readings()).isEmpty();
  }

  @Test
  void anInterruptEndsReadingAndStaysSet() {
    Thread.currentThread().interrupt();
    List<Document> read = transformer().build().transformAll(List.of(document(LONG)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(read.get(0).text()).isEqualTo(LONG);
  }

  @Test
  void saysWhatIsMissingOrWrong() {
    assertThatThrownBy(() -> SmoothReadingDocumentTransformer.builder().question("Q?").build())
        .hasMessageContaining("reader is missing");
    assertThatThrownBy(
            () -> SmoothReadingDocumentTransformer.builder().reader(WordReader.open()).build())
        .hasMessageContaining("question is missing");
    assertThatThrownBy(() -> transformer().question("  ")).hasMessageContaining("blank");
    assertThatThrownBy(() -> transformer().maxConcurrentReads(0))
        .hasMessageContaining("maxConcurrentReads is 0");
    assertThatThrownBy(
            () ->
                transformer()
                    .options(ReadingOptions.builder().checkpoint(Path.of("state")).build()))
        .hasMessageContaining("checkpoint");
  }

  /** LangChain4j's own documents cannot be blank; a user's can. */
  static final class BlankDocument implements Document {
    @Override
    public String text() {
      return " \n\f ";
    }

    @Override
    public Metadata metadata() {
      return new Metadata();
    }
  }
}
