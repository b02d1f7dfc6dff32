package io.github.smoothreading.examples.ask;

import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingEvent.ChunkRead;
import io.github.smoothreading.ReadingEvent.ClueFound;
import io.github.smoothreading.ReadingEvent.Finished;
import io.github.smoothreading.ReadingListener;
import io.github.smoothreading.Usage;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal that tells how far a reading has come; gone when the reading is over. */
final class ProgressLine implements ReadingListener {
  private static final String TO_START = "\r";
  private static final String ERASE_REST = "\u001b[K";

  /** A longer line would break, and only its last row could be rewritten. */
  private static final int LONGEST = 79;

  private final PrintStream terminal;
  private final LongSupplier nanos;
  private long begun;
  private int clues;
  private ChunkRead last = new ChunkRead(-1, 0, 0, 0, new Usage(0, 0, 0, 0, 0, 0));

  ProgressLine(PrintStream terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /** Shows what takes time before the reading begins. */
  void show(String text) {
    String line = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    terminal.print(TO_START + line + ERASE_REST);
    terminal.flush();
  }

  @Override
  public void on(ReadingEvent event) {
    if (event instanceof ReadingEvent.Started) {
      begun = nanos.getAsLong();
      show("reading ...");
    } else if (event instanceof ClueFound) {
      clues++;
      draw();
    } else if (event instanceof ChunkRead chunk) {
      last = chunk;
      draw();
    } else if (event instanceof Finished || event instanceof ReadingEvent.Warned) {
      erase();
    }
  }

  /** Leaves the line empty. */
  void erase() {
    show("");
  }

  private void draw() {
    if (last.index() < 0) {
      return;
    }
    double seconds = Math.max(1e-3, (nanos.getAsLong() - begun) / 1e9);
    double share = last.charsTotal() == 0 ? 1 : (double) last.charsRead() / last.charsTotal();
    // Chunks end at separators, so the true number is known only from those read so far.
    long chunks =
        Math.max(last.index() + 1, Math.round((last.index() + 1) / Math.max(share, 1e-9)));
    String left =
        share >= 1
            ? "answering"
            : "at most " + Durations.text(seconds * (1 - share) / share) + " left";
    show(
        String.format(
            Locale.ROOT,
            "chunk %,d of ~%,d | %.0f %% | %,.0f tokens/s | %d %s | %s",
            last.index() + 1,
            chunks,
            Math.floor(100 * share),
            last.usage().tokensRead() / seconds,
            clues,
            clues == 1 ? "clue" : "clues",
            left));
  }
}
