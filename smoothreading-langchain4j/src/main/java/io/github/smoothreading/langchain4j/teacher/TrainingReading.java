package io.github.smoothreading.langchain4j.teacher;

import io.github.smoothreading.summary.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A whole reading to train on: one line of the file that {@code training/READINGS.md} describes.
 *
 * <p>The rules of that page hold for every instance; the trainer checks the same ones.
 *
 * @param id names the reading within its file, so that it is not made twice
 * @param question what was asked
 * @param answer what the reader should say at the end; empty if the text does not answer
 * @param rounds what was read and written, in order
 * @param complete whether the last chunk is the end of the document; if not, it stopped early
 * @param everything whether the task needs the whole text, so that stopping early is an error
 * @param source where the text is from; {@code ""} if unknown
 * @param licence what it may be used under; {@code ""} if unknown
 */
public record TrainingReading(
    Optional<String> id,
    String question,
    Optional<String> answer,
    List<Round> rounds,
    boolean complete,
    boolean everything,
    String source,
    String licence) {

  /**
   * Checks the rules.
   *
   * @throws IllegalArgumentException if one is broken; the message says which
   */
  public TrainingReading {
    rounds = List.copyOf(rounds);
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(licence, "licence");
    require(!Texts.blank(question), "the question is blank");
    require(
        answer.isEmpty() || !Texts.blank(answer.get()),
        "the answer is blank; null says that there is none");
    require(!rounds.isEmpty(), "there is no round");
    for (int number = 0; number < rounds.size(); number++) {
      Round round = rounds.get(number);
      boolean last = number == rounds.size() - 1;
      require(
          (round.action() == Action.STOP) == last,
          "round %d: stop stands in the last round, and there alone".formatted(number));
      for (String clue : round.clues()) {
        require(
            !Texts.blank(clue) && round.chunk().contains(clue),
            "round %d: its chunk does not hold the clue '%s'".formatted(number, clue));
      }
    }
    require(complete || answer.isPresent(), "it stops early without an answer");
    require(complete || !everything, "it stops early though everything has to be read");
  }

  /**
   * A chunk and what was written about it.
   *
   * @param chunk the chunk's text; all of them joined are what was read of the document
   * @param clues the new clues, each a verbatim part of the chunk
   * @param action whether to go on
   */
  public record Round(String chunk, List<String> clues, Action action) {
    public Round {
      Objects.requireNonNull(chunk, "chunk");
      Objects.requireNonNull(action, "action");
      clues = List.copyOf(clues);
    }
  }

  /**
   * Reads a file, plain or {@code .gz}, and hands over one reading at a time.
   *
   * @throws BadLineException if a line is no reading or breaks a rule; those before it have been
   *     handed over
   * @throws IOException if the file cannot be read
   */
  public static void read(Path file, Consumer<TrainingReading> each) throws IOException {
    JsonLines.read(file, node -> each.accept(ReadingJson.parse(node)));
  }

  /**
   * All readings of a file, plain or {@code .gz}.
   *
   * @throws BadLineException if a line is no reading or breaks a rule
   * @throws IOException if the file cannot be read
   */
  public static List<TrainingReading> readAll(Path file) throws IOException {
    List<TrainingReading> all = new ArrayList<>();
    read(file, all::add);
    return all;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
