package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.data.segment.TextSegmentTransformer;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.langchain4j.DocumentText.Span;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.ReadingMode;
import io.github.smoothreading.summary.Round;
import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker.Chunks;
import io.github.smoothreading.text.Segment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits documents into the chunks they are read in, each with the contextual summary that was
 * written after it: what was known at that point of the document. One pass over the document writes
 * all of them.
 *
 * <p>Reading never stops early, whatever the stop policy of the options says. Joined, the segments
 * are the document's text, except that chunks of white space alone are left out. Each has its
 * offsets, the answer that the whole reading came to, and {@link SmoothReadingMetadata#SUMMARY}:
 *
 * <pre>
 * Target: the question
 * Clues: quotation | quotation
 * Reason: why they were noted
 * </pre>
 *
 * <p>Embedding models see the text of a segment alone; {@link #summaryBeforeText()} puts the
 * summary in front of it.
 *
 * <p>The default model writes notes for a question, so it needs one. Without a question, say for
 * what the document is about as a whole, give a {@link ChatModelSummarizer}. When a limit ends a
 * reading, the rest of the document is split without summaries.
 */
public final class SmoothReadingDocumentSplitter implements DocumentSplitter {
  private static final String OVERVIEW =
      "What is the document about, and what does each part of it say?";

  private final SmoothReader reader;
  private final ReadingOptions options;
  private final DocumentReadings readings;
  private final String question;

  private SmoothReadingDocumentSplitter(Builder builder) {
    reader = builder.reader();
    options = builder.options().toBuilder().stop(StopPolicy.never()).build();
    if (options.mode() == ReadingMode.ONE_ROUND) {
      throw new IllegalArgumentException(
          "mode ONE_ROUND writes no summary per chunk; choose KEPT or DROPPED");
    }
    readings = new DocumentReadings(builder);
    question = builder.question();
  }

  /** Chooses reader and question. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Puts each segment's summary in front of its text, so that embeddings see it; others stay as
   * they are.
   */
  public static TextSegmentTransformer summaryBeforeText() {
    return segment -> {
      String summary = segment.metadata().getString(SmoothReadingMetadata.SUMMARY);
      return summary == null
          ? segment
          : TextSegment.from(summary + "\n\n" + segment.text(), segment.metadata());
    };
  }

  @Override
  public List<TextSegment> split(Document document) {
    return splitAll(List.of(document));
  }

  @Override
  public List<TextSegment> splitAll(List<Document> documents) {
    return splitAll(documents, ReadingCall.create());
  }

  /** The same with progress, deadline and cancel of {@code call}. */
  public List<TextSegment> splitAll(List<Document> documents, ReadingCall call) {
    List<DocumentText> texts =
        documents.stream().flatMap(document -> DocumentText.of(document).stream()).toList();
    Map<DocumentText, ChunkRecorder> recorders = new IdentityHashMap<>();
    texts.forEach(text -> recorders.put(text, new ChunkRecorder(options.chunker())));
    Map<DocumentText, DocumentReading> read = new IdentityHashMap<>();
    readings
        .readAll(
            texts,
            question,
            text ->
                options.toBuilder().chunker(Objects.requireNonNull(recorders.get(text))).build(),
            call)
        .forEach(reading -> read.put(reading.document(), reading));
    return texts.stream()
        .flatMap(
            text ->
                segments(
                    text,
                    Objects.requireNonNull(recorders.get(text)).chunks(),
                    Optional.ofNullable(read.get(text)))
                    .stream())
        .toList();
  }

  private List<TextSegment> segments(
      DocumentText text, List<Chunk> chunks, Optional<DocumentReading> reading) {
    List<Round> rounds = reading.map(one -> one.reading().rounds()).orElse(List.of());
    List<Chunk> all = new ArrayList<>(chunks);
    addRest(text, all, reading);
    List<TextSegment> segments = new ArrayList<>();
    for (Chunk chunk : all) {
      Span span = span(text, chunk);
      String piece = text.text().substring((int) span.start(), (int) span.end());
      if (!piece.isBlank()) {
        Metadata metadata = text.metadata();
        metadata.put(SmoothReadingMetadata.INDEX, String.valueOf(segments.size()));
        metadata.put(SmoothReadingMetadata.START_OFFSET, span.start());
        metadata.put(SmoothReadingMetadata.END_OFFSET, span.end());
        addPages(metadata, text, chunk);
        reading.ifPresent(one -> addOutcome(metadata, one));
        if (chunk.index() < rounds.size()) {
          addSummary(metadata, text, rounds.get(chunk.index()));
        }
        segments.add(TextSegment.from(piece, metadata));
      }
    }
    return segments;
  }

  /** What a reading that ended early left, cut in the same way. */
  private void addRest(DocumentText text, List<Chunk> chunks, Optional<DocumentReading> reading) {
    Chunk last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
    if (last != null && last.last()) {
      return;
    }
    int size =
        reading
            .map(one -> one.reading().plan().chunk())
            .orElse(options.chunk() > 0 ? options.chunk() : reader.capacity().chunk());
    long start = last == null ? 0 : last.end();
    int index = last == null ? 0 : last.index() + 1;
    try (Chunks rest = options.chunker().cut(text.source(), reader.encoder(), size, start, index)) {
      rest.forEachRemaining(chunks::add);
    }
  }

  private static Span span(DocumentText text, Chunk chunk) {
    List<Segment> segments = chunk.segments();
    if (segments.isEmpty()) {
      return new Span(0, 0);
    }
    return new Span(
        text.span(segments.get(0).place()).start(),
        text.span(segments.get(segments.size() - 1).place()).end());
  }

  private static void addPages(Metadata metadata, DocumentText text, Chunk chunk) {
    String pages =
        chunk.segments().stream()
            .flatMap(segment -> text.pageNumber(segment.place()).stream())
            .map(String::valueOf)
            .distinct()
            .collect(Collectors.joining(","));
    if (!pages.isEmpty()) {
      metadata.put(SmoothReadingMetadata.PAGES, pages);
    }
  }

  private static void addOutcome(Metadata metadata, DocumentReading reading) {
    metadata.put(SmoothReadingMetadata.QUESTION, reading.reading().question());
    metadata.put(
        SmoothReadingMetadata.OUTCOME, DocumentReading.outcome(reading.reading().outcome()));
    reading
        .reading()
        .answer()
        .ifPresent(answer -> metadata.put(SmoothReadingMetadata.ANSWER, answer));
  }

  private static void addSummary(Metadata metadata, DocumentText text, Round round) {
    String clues = round.clues().stream().map(Clue::text).collect(Collectors.joining(" | "));
    metadata.put(
        SmoothReadingMetadata.SUMMARY,
        "Target: %s\nClues: %s\nReason: %s"
            .formatted(round.target(), clues.isEmpty() ? "none" : clues, round.reason()));
    String found =
        round.clues().stream()
            .filter(clue -> clue.round() == round.index())
            .flatMap(clue -> clue.place().stream())
            .map(place -> text.span(place).toString())
            .collect(Collectors.joining(","));
    if (!found.isEmpty()) {
      metadata.put(SmoothReadingMetadata.CLUES, found);
    }
  }

  /** Builds a {@link SmoothReadingDocumentSplitter}. */
  public static final class Builder extends ReaderSettings<Builder> {
    private @Nullable String question;
    private boolean summarizer;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** What the summaries are written for; required, unless there is a {@link #summarizer}. */
    public Builder question(String question) {
      this.question = Checks.notBlank(question, "question");
      return this;
    }

    /**
     * Lets a chat model write the summaries, in the place of a {@link #reader}. It can do so
     * without a question.
     */
    public Builder summarizer(ChatModelSummarizer summarizer) {
      this.summarizer = true;
      return reader(SmoothReader.builder().summarizer(summarizer).build());
    }

    private String question() {
      if (question == null && !summarizer) {
        throw new IllegalArgumentException(
            "question is missing: the model '%s' writes summaries for a question; give one, or a summarizer(ChatModelSummarizer), which needs none"
                .formatted(reader().capacity().model()));
      }
      return question == null ? OVERVIEW : question;
    }

    /**
     * The splitter.
     *
     * @throws IllegalArgumentException if the reader is missing, or the question is while the
     *     reader needs one
     */
    public SmoothReadingDocumentSplitter build() {
      return new SmoothReadingDocumentSplitter(this);
    }
  }
}
