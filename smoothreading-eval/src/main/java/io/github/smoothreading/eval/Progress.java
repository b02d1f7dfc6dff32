package io.github.smoothreading.eval;

import java.io.PrintStream;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar on the terminal with the time left, or a line per minute where there is no terminal.
 *
 * <p>Its unit is work, not readings: a long document counts for more than a short one.
 */
final class Progress implements AutoCloseable {
  private static final int ON_TERMINAL = 500;
  private static final int IN_FILE = 60_000;

  private final ProgressBar bar;
  private double carried;

  Progress(String suite, double work, PrintStream out, boolean terminal) {
    Consumer<String> consumer =
        line -> {
          out.print(terminal ? "\r" + line : line + System.lineSeparator());
          out.flush();
        };
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(suite)
            .setInitialMax(Math.max(1, Math.round(work)))
            .setUnit("k tokens", 1000)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(terminal ? ON_TERMINAL : IN_FILE)
            .setConsumer(new DelegatingProgressBarConsumer(consumer, 100))
            .build();
  }

  synchronized void worked(double work) {
    carried += work;
    long whole = (long) carried;
    carried -= whole;
    bar.stepBy(whole);
  }

  /** What is being read. */
  void reading(Trial trial) {
    bar.setExtraMessage(trial.experiment().title() + ", " + trial.reader().name());
  }

  @Override
  public void close() {
    bar.close();
  }
}
