package io.github.smoothreading.langchain4j;

import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.ANSWER;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.CHARS_READ;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.CHARS_TOTAL;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.CLUES;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.COVERAGE;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.END_OFFSET;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.OUTCOME;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.PAGES;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.PASSAGES;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.QUESTION;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.ROUNDS;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.START_OFFSET;
import static io.github.smoothreading.langchain4j.SmoothReadingMetadata.VERIFIED_CLUES;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import io.github.smoothreading.Coverage;
import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One document, read.
 *
 * @param document what was read
 * @param reading the result
 * @param evidence its verified clues with their surroundings
 */
record DocumentReading(DocumentText document, Reading reading, Evidence evidence) {
  /**
   * Whether there is something to pass on: an answer, or verified clues of a reading that a limit
   * ended. Clues of a text that does not answer are none.
   */
  boolean found() {
    return reading.answer().isPresent()
        || (reading.outcome() instanceof Outcome.Ended && !evidence.isEmpty());
  }

  /**
   * The verified clues with their surroundings; without any, the answer in the model's own words.
   */
  Optional<String> text() {
    return evidence.isEmpty() ? reading.answer() : Optional.of(evidence.text(document));
  }

  /** {@link #text()} with {@link #metadata()}, if there is any. */
  Optional<TextSegment> segment() {
    return text().filter(text -> !text.isBlank()).map(text -> TextSegment.from(text, metadata()));
  }

  /** The document's metadata, and what the reading adds to them. */
  Metadata metadata() {
    Metadata metadata = document.metadata();
    metadata.put(QUESTION, reading.question());
    metadata.put(OUTCOME, outcome(reading.outcome()));
    reading.answer().ifPresent(answer -> metadata.put(ANSWER, answer));
    metadata.put(VERIFIED_CLUES, evidence.clues().size());
    if (!evidence.isEmpty()) {
      metadata.put(CLUES, joined(evidence.clues()));
      metadata.put(PASSAGES, joined(evidence.passages()));
      metadata.put(START_OFFSET, evidence.passages().get(0).start());
      metadata.put(END_OFFSET, evidence.passages().get(evidence.passages().size() - 1).end());
    }
    if (!evidence.pages().isEmpty()) {
      metadata.put(PAGES, joined(evidence.pages()));
    }
    Coverage coverage = reading.coverage();
    metadata.put(CHARS_READ, coverage.charsRead());
    metadata.put(CHARS_TOTAL, coverage.charsTotal());
    metadata.put(COVERAGE, coverage.share());
    metadata.put(ROUNDS, reading.rounds().size());
    return metadata;
  }

  static String outcome(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      return answered.early() ? "answered_early" : "answered";
    }
    if (outcome instanceof Outcome.Ended ended) {
      return ended.cause() == Outcome.Cause.CANCEL
          ? "cancelled"
          : ended.cause().name().toLowerCase(Locale.ROOT);
    }
    return "not_found";
  }

  private static String joined(List<?> values) {
    return values.stream().map(Objects::toString).collect(Collectors.joining(","));
  }
}
