package io.github.smoothreading.lucene;

import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.summary.Clue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found out about a question, and where it stands in the index.
 *
 * @param question what was asked
 * @param outcome how the reading ended; {@link Outcome.NotFound} also if the search found nothing
 * @param clues the clues of all readings, in order
 * @param citations where the verified ones of them stand
 * @param read passages that were read, in whole or in part, in reading order
 * @param notReached gathered passages that were not read, because the answer was there or a limit
 *     ended the reading
 * @param gathering what was gathered, and what was left out
 * @param readings the readings: one, or one for each document that was read; none if the search
 *     found nothing
 * @param readingTime time of the readings
 */
public record LuceneAnswer(
    String question,
    Outcome outcome,
    List<Clue> clues,
    List<Citation> citations,
    List<Passage> read,
    List<Passage> notReached,
    Gathering gathering,
    List<Reading> readings,
    Duration readingTime) {
  public LuceneAnswer {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(gathering, "gathering");
    clues = List.copyOf(clues);
    citations = List.copyOf(citations);
    read = List.copyOf(read);
    notReached = List.copyOf(notReached);
    readings = List.copyOf(readings);
  }

  /** The answer, if there is one. */
  public Optional<String> answer() {
    return outcome instanceof Outcome.Answered answered
        ? Optional.of(answered.text())
        : Optional.empty();
  }

  /** The share of the whole time that searching and gathering took, 0 to 1. */
  public double searchShare() {
    double before = gathering.searchTime().plus(gathering.gatherTime()).toNanos();
    double all = before + readingTime.toNanos();
    return all == 0 ? 0 : before / all;
  }

  /**
   * The answer as one JSON object in the format of the TREC RAG track, for its tools: {@code
   * topic_id}, {@code topic}, {@code references} (ids of Lucene documents: those cited, then the
   * others read), {@code response_length} in words, and {@code answer}, a list of sentences, each
   * with the references that support it.
   *
   * @param runId how to call this system
   * @param topicId the question's id in the track
   */
  public String toTrecRag(String runId, String topicId) {
    return TrecRag.of(this, runId, topicId);
  }
}
