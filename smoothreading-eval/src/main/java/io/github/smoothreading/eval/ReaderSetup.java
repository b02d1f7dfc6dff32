package io.github.smoothreading.eval;

import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.eval.task.Item;
import io.github.smoothreading.summary.ReadingMode;

/**
 * One way to read.
 *
 * @param name in tables
 * @param mode what is kept between chunks
 * @param window W; 0: the model's; for {@code full} it is set to hold the document
 * @param chunk C; 0: the model's
 * @param full whether the window holds the whole document: full attention
 * @param toTheEnd never stop early, so that times of documents compare
 * @param force read even with W and C that cannot work
 */
record ReaderSetup(
    String name,
    ReadingMode mode,
    int window,
    int chunk,
    boolean full,
    boolean toTheEnd,
    boolean force) {
  static final ReaderSetup KEPT = usual("memory kept", ReadingMode.KEPT);
  static final ReaderSetup DROPPED = usual("memory dropped", ReadingMode.DROPPED);
  static final ReaderSetup ONE_ROUND = usual("one round", ReadingMode.ONE_ROUND);

  /** One round with W at least the document's length: what a usual model does. */
  static final ReaderSetup FULL =
      new ReaderSetup("one round, full attention", ReadingMode.ONE_ROUND, 0, 0, true, false, true);

  /** Room in a full window for question, round and answer, in tokens. */
  private static final int BESIDE_TEXT = 2048;

  private static ReaderSetup usual(String name, ReadingMode mode) {
    return new ReaderSetup(name, mode, 0, 0, false, false, false);
  }

  /** By the name on the command line. */
  static ReaderSetup named(String name) {
    return switch (name) {
      case "kept" -> KEPT;
      case "dropped" -> DROPPED;
      case "one-round" -> ONE_ROUND;
      case "full" -> FULL;
      default ->
          throw new IllegalArgumentException(
              "'%s' is none of kept, dropped, one-round, full".formatted(name));
    };
  }

  /** Never stopping early. */
  ReaderSetup toEnd() {
    return new ReaderSetup(name, mode, window, chunk, full, true, force);
  }

  /** With a window and a chunk of its own, read whether that can work or not. */
  ReaderSetup with(int window, int chunk) {
    return new ReaderSetup(name, mode, window, chunk, full, toTheEnd, true);
  }

  /** Under another name. */
  ReaderSetup named(String name, Object... arguments) {
    return new ReaderSetup(name.formatted(arguments), mode, window, chunk, full, toTheEnd, force);
  }

  ReadingOptions.ReadingOptionsBuilder options(Item item) {
    return ReadingOptions.builder()
        .mode(mode)
        // A token more or less than asked for must not push the beginning out of the window.
        .window(full ? item.tokens() + item.tokens() / 20 + BESIDE_TEXT : window)
        .chunk(full && chunk == 0 ? BESIDE_TEXT / 2 : chunk)
        .answerTokens(item.answerTokens())
        .force(force)
        .stop(toTheEnd || !item.mayStop() ? StopPolicy.never() : StopPolicy.whenModelSays());
  }

  /** About how much work a document of so many tokens is, in tokens of a short window. */
  double work(int tokens) {
    return full ? tokens * (1 + tokens / 8000.0) : tokens;
  }
}
