package io.github.smoothreading.langchain4j;

import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of this package have in common: who reads, and how.
 *
 * @param <B> the builder itself
 */
public abstract class ReaderSettings<B extends ReaderSettings<B>> {
  private @Nullable SmoothReader reader;
  private ReadingOptions options = ReadingOptions.DEFAULTS;
  private Optional<DocumentListener> listener = Optional.empty();
  private int maxConcurrentReads = 4;

  ReaderSettings() {}

  abstract B self();

  /** Who reads; required. It stays the caller's: nothing in this package closes it. */
  public B reader(SmoothReader reader) {
    this.reader = Objects.requireNonNull(reader, "reader");
    return self();
  }

  /**
   * How documents are read; default {@link ReadingOptions#DEFAULTS}.
   *
   * @throws IllegalArgumentException if they name a checkpoint, which belongs to one reading alone
   */
  public B options(ReadingOptions options) {
    if (options.checkpoint().isPresent()) {
      throw new IllegalArgumentException(
          "a checkpoint (%s) belongs to one reading, and an adapter makes many; leave it out"
              .formatted(options.checkpoint().get()));
    }
    this.options = options;
    return self();
  }

  /**
   * Told what happens in every reading; default nobody. One call's listener comes in {@link
   * ReadingCall}.
   */
  public B listener(DocumentListener listener) {
    this.listener = Optional.of(listener);
    return self();
  }

  /**
   * Most documents read at the same time, over all callers; default 4. Readings under way share the
   * model's forward passes, and each takes the memory of one window. In fp32 that changes nothing
   * but the speed; in the fast variants shared passes round differently, and the wording of an
   * answer may differ from that of a document read alone.
   */
  public B maxConcurrentReads(int maxConcurrentReads) {
    this.maxConcurrentReads = Checks.atLeast(1, maxConcurrentReads, "maxConcurrentReads");
    return self();
  }

  boolean hasReader() {
    return reader != null;
  }

  SmoothReader reader() {
    return Checks.given(reader, "reader", "give the SmoothReader that reads");
  }

  ReadingOptions options() {
    return options;
  }

  Optional<DocumentListener> listener() {
    return listener;
  }

  int maxConcurrentReads() {
    return maxConcurrentReads;
  }

  int surroundingSentences() {
    return 0;
  }
}
