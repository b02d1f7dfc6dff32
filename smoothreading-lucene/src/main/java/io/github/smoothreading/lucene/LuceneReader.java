package io.github.smoothreading.lucene;

import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;

/**
 * Answers questions from a Lucene index, by reading the passages behind the hits.
 *
 * <pre>{@code
 * try (LuceneReader reader = LuceneReader.over(Path.of("index")).build()) {
 *   LuceneAnswer answer = reader.ask("Who signed the treaty, and when?");
 *   answer.answer().ifPresent(System.out::println);
 *   answer.citations().forEach(one -> System.out.println(one.document() + ": " + one.quotation()));
 * }
 * }</pre>
 *
 * <p>The index is only ever read, and no searcher is held while the model reads: it may be updated
 * meanwhile. Thread-safe: any number of threads may ask at once.
 */
public final class LuceneReader implements AutoCloseable {
  private final Searchers searchers;
  private final Settings settings;
  private final Search search;
  private final SmoothReader reader;
  private final boolean closesReader;
  private final GatheringOptions gathering;
  private final ReadingOptions reading;
  private final IndexShape shape;

  private LuceneReader(
      Searchers searchers,
      Settings settings,
      Search search,
      SmoothReader reader,
      boolean closesReader,
      GatheringOptions gathering,
      ReadingOptions reading,
      IndexShape shape) {
    this.searchers = searchers;
    this.settings = settings;
    this.search = search;
    this.reader = reader;
    this.closesReader = closesReader;
    this.gathering = gathering;
    this.reading = reading;
    this.shape = shape;
  }

  /** Over the index in a folder, at its newest commit whenever a question is asked. */
  public static LuceneReaderBuilder over(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return new LuceneReaderBuilder(
        () -> {
          Directory directory = Indexes.open(folder);
          try {
            return Searchers.over(directory, true);
          } catch (RuntimeException e) {
            try {
              directory.close();
            } catch (IOException suppressed) {
              e.addSuppressed(suppressed);
            }
            throw e;
          }
        });
  }

  /**
   * Over the index in a directory, at its newest commit whenever a question is asked. The directory
   * is not closed.
   */
  public static LuceneReaderBuilder over(Directory directory) {
    Objects.requireNonNull(directory, "directory");
    return new LuceneReaderBuilder(() -> Searchers.over(directory, false));
  }

  /** Over one point in time of an index. The reader is not closed. */
  public static LuceneReaderBuilder over(IndexReader indexReader) {
    Objects.requireNonNull(indexReader, "indexReader");
    return new LuceneReaderBuilder(() -> Searchers.over(indexReader));
  }

  /**
   * Over whatever a manager has when a question is asked; when to refresh is its owner's choice. It
   * is not closed.
   */
  public static LuceneReaderBuilder over(SearcherManager manager) {
    Objects.requireNonNull(manager, "manager");
    return new LuceneReaderBuilder(() -> Searchers.over(manager));
  }

  static LuceneReader open(
      Supplier<Searchers> source,
      Settings settings,
      Search search,
      Optional<SmoothReader> shared,
      GatheringOptions gathering,
      ReadingOptions reading) {
    Searchers searchers = source.get();
    try {
      IndexShape shape =
          searchers.with(
              searcher ->
                  new ShapeFinder(new IndexSample(searcher.getIndexReader()), settings).find());
      // Last: it takes longest, and whatever is wrong with the index is known before.
      SmoothReader reader = shared.orElseGet(SmoothReader::open);
      return new LuceneReader(
          searchers, settings, search, reader, shared.isEmpty(), gathering, reading, shape);
    } catch (RuntimeException e) {
      close(searchers, e);
      throw e;
    }
  }

  private static void close(Searchers searchers, RuntimeException reason) {
    try {
      searchers.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** What the index holds, as it is now, and how it is used. */
  public IndexDescription describe() {
    return searchers.with(
        searcher -> {
          IndexSample sample = new IndexSample(searcher.getIndexReader());
          ShapeFinder finder = new ShapeFinder(sample, settings);
          IndexShape found = finder.find();
          return new Describer(sample, found, settings, gathering)
              .describe(searchers.name(), finder.analyzerReason(), finder.warnings());
        });
  }

  /** Searches and gathers, without reading. */
  public Gathering gather(String question) {
    return gather(question, gathering);
  }

  /** Searches and gathers with other options than this reader's, without reading. */
  public Gathering gather(String question, GatheringOptions options) {
    if (question.isBlank()) {
      throw new IllegalArgumentException("the question is empty; say what to look for");
    }
    return searchers.with(
        searcher -> {
          long begun = System.nanoTime();
          List<Integer> docs = search.run(searcher, shape, question, options.hits());
          long found = System.nanoTime();
          GatheredText text =
              new Gatherer(searcher, shape, options, reader::countTokens).gather(question, docs);
          long gathered = System.nanoTime();
          Citer citer =
              new Citer(
                  text,
                  shape,
                  search.query().build(question, shape.searchField(), shape.analyzer()));
          return new Gathering(
              question,
              text,
              citer,
              options.strategy(),
              Duration.ofNanos(found - begun),
              Duration.ofNanos(gathered - found));
        });
  }

  /**
   * Answers a question. Interrupting the thread ends the reading with {@link Outcome.Ended}.
   *
   * @throws LuceneIndexException if the index cannot be read
   * @throws IllegalArgumentException if the question or the options cannot work
   */
  public LuceneAnswer ask(String question) {
    return ask(question, gathering, reading);
  }

  /** Answers a question with other options than this reader's. */
  public LuceneAnswer ask(String question, GatheringOptions gather, ReadingOptions read) {
    return read(gather(question, gather), read);
  }

  /** Reads what was gathered. */
  public LuceneAnswer read(Gathering gathered, ReadingOptions options) {
    long begun = System.nanoTime();
    List<Reading> readings = new ArrayList<>();
    Outcome outcome = new Outcome.NotFound();
    for (TextSource source : gathered.sources()) {
      Duration spent = Duration.ofNanos(System.nanoTime() - begun);
      Reading one = reader.read(source, gathered.question(), left(options, spent));
      readings.add(one);
      outcome = one.outcome();
      if (!(outcome instanceof Outcome.NotFound)) {
        break;
      }
    }
    Duration time = Duration.ofNanos(System.nanoTime() - begun);
    List<Clue> clues = readings.stream().flatMap(one -> one.clues().stream()).toList();
    List<Passage> notReached = gathered.notReached(readings);
    List<Passage> reached = new ArrayList<>(gathered.passages());
    notReached.forEach(passage -> reached.removeIf(one -> one == passage));
    return new LuceneAnswer(
        gathered.question(),
        outcome,
        clues,
        gathered.citer().cite(clues),
        reached,
        notReached,
        gathered,
        readings,
        time);
  }

  /** The deadline is one for all readings of a question. */
  private static ReadingOptions left(ReadingOptions options, Duration spent) {
    Optional<Duration> left =
        options.deadline().map(all -> all.compareTo(spent) > 0 ? all.minus(spent) : Duration.ZERO);
    return options.toBuilder().deadline(left).build();
  }

  /** Releases what this reader opened; what was given to it stays open. */
  @Override
  public void close() {
    try {
      searchers.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the index failed: " + e.getMessage(), e);
    } finally {
      if (closesReader) {
        reader.close();
      }
    }
  }
}
