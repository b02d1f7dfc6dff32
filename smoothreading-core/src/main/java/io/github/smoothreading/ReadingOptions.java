package io.github.smoothreading;

import io.github.smoothreading.summary.ReadingMode;
import io.github.smoothreading.text.Chunker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lombok.Builder;

/**
 * How one document is read; {@link #DEFAULTS} suit the model.
 *
 * @param mode what is kept between chunks; default {@link ReadingMode#KEPT}
 * @param window W in tokens; 0, the default, takes the model's
 * @param chunk C in tokens; 0, the default, takes the model's, scaled with the window
 * @param round R in tokens, the target not counted; 0, the default, takes the model's
 * @param answerTokens most tokens of the answer; default 128
 * @param strict whether every new clue has to be a quotation, word for word; default false: the
 *     model writes its clues freely, and what is not found in the text is marked unverified
 * @param stop when to stop early; default {@link StopPolicy#whenModelSays()}
 * @param force read even with a window, chunk and round that cannot work; default false
 * @param deadline most time to take, checked between forward passes; default none
 * @param tokenBudget most document tokens to read, checked before each chunk; 0, the default, means
 *     no budget
 * @param checkpoint file written after each round, from which {@link SmoothReader#resume} goes on;
 *     default none
 * @param chunker how the text is cut; default {@link Chunker#bySeparators()}
 * @param listeners told what happens, on the reading thread
 */
@Builder(toBuilder = true)
public record ReadingOptions(
    ReadingMode mode,
    int window,
    int chunk,
    int round,
    int answerTokens,
    boolean strict,
    StopPolicy stop,
    boolean force,
    Optional<Duration> deadline,
    long tokenBudget,
    Optional<Path> checkpoint,
    Chunker chunker,
    List<ReadingListener> listeners) {
  /** The defaults. */
  public static final ReadingOptions DEFAULTS = ReadingOptions.builder().build();

  public ReadingOptions {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(stop, "stop");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(chunker, "chunker");
    listeners = List.copyOf(listeners);
    requireNotNegative("window", window);
    requireNotNegative("chunk", chunk);
    requireNotNegative("round", round);
    requireNotNegative("tokenBudget", tokenBudget);
    if (answerTokens < 1) {
      throw new IllegalArgumentException(
          "answerTokens is %d; give at least 1".formatted(answerTokens));
    }
    if (deadline.isPresent() && deadline.get().isNegative()) {
      throw new IllegalArgumentException("deadline %s is negative".formatted(deadline.get()));
    }
  }

  private static void requireNotNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "%s is %d; give 0 for the default or more".formatted(name, value));
    }
  }

  /** Builder with the defaults set. */
  public static class ReadingOptionsBuilder {
    private ReadingMode mode = ReadingMode.KEPT;
    private int answerTokens = 128;
    private StopPolicy stop = StopPolicy.whenModelSays();
    private Optional<Duration> deadline = Optional.empty();
    private Optional<Path> checkpoint = Optional.empty();
    private Chunker chunker = Chunker.bySeparators();
    private List<ReadingListener> listeners = List.of();

    /** Adds one listener to those told. */
    public ReadingOptionsBuilder listener(ReadingListener listener) {
      listeners = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
      return this;
    }

    /** Most time to take, or none. */
    public ReadingOptionsBuilder deadline(Optional<Duration> deadline) {
      this.deadline = deadline;
      return this;
    }

    /** File to write after each round, or none. */
    public ReadingOptionsBuilder checkpoint(Optional<Path> checkpoint) {
      this.checkpoint = checkpoint;
      return this;
    }

    /** Most time to take. */
    public ReadingOptionsBuilder deadline(Duration deadline) {
      this.deadline = Optional.of(deadline);
      return this;
    }

    /** File to write after each round. */
    public ReadingOptionsBuilder checkpoint(Path checkpoint) {
      this.checkpoint = Optional.of(checkpoint);
      return this;
    }
  }
}
