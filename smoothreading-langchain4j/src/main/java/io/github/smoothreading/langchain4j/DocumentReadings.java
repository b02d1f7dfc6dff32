package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.exception.LangChain4jException;
import io.github.smoothreading.Outcome;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.ReadingTask;
import io.github.smoothreading.SmoothReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads documents for an adapter: never more at once than it was told, with the listener, the
 * deadline and the cancel of the call they belong to.
 *
 * <p>An interrupt of the waiting thread ends its readings like a cancel and stays set. A permit
 * belongs to a reading and is given back when that ends, so callers that wait for several readings
 * cannot lock each other out.
 */
final class DocumentReadings {
  private static final long LOOK_EVERY_MS = 20;

  private final SmoothReader reader;
  private final ReadingOptions options;
  private final Optional<DocumentListener> listener;
  private final int sentences;
  private final int atOnce;
  private final Semaphore permits;

  DocumentReadings(ReaderSettings settings) {
    reader = settings.reader();
    options = settings.options();
    listener = settings.listener();
    sentences = settings.surroundingSentences();
    atOnce = settings.maxConcurrentReads();
    permits = new Semaphore(atOnce, true);
  }

  int atOnce() {
    return atOnce;
  }

  /**
   * Reads all of {@code documents} but blank ones, and returns the readings in the documents'
   * order. Documents that a cancel or the deadline left unread have none.
   */
  List<DocumentReading> readAll(List<Document> documents, String question, ReadingCall call) {
    List<DocumentText> texts =
        documents.stream().flatMap(document -> DocumentText.of(document).stream()).toList();
    return readAll(texts, question, text -> options, call);
  }

  /** Reads texts, each with options of its own. */
  List<DocumentReading> readAll(
      List<DocumentText> texts,
      String question,
      Function<DocumentText, ReadingOptions> options,
      ReadingCall call) {
    List<Running> running = new ArrayList<>();
    List<DocumentReading> done = new ArrayList<>();
    try {
      for (DocumentText text : texts) {
        ReadingOptions own = options.apply(text);
        if (mayBegin(call)) {
          running.add(begin(text, question, own, call));
        }
      }
      for (Running one : running) {
        done.add(one.await());
      }
    } catch (RuntimeException failure) {
      running.forEach(one -> one.task.cancel());
      throw failure;
    }
    return done;
  }

  /** Reads one document; empty if it is blank, or the call is over. */
  Optional<DocumentReading> read(Document document, String question, ReadingCall call) {
    return readAll(List.of(document), question, call).stream().findFirst();
  }

  /**
   * Waits for a permit; false if the call is cancelled, late or interrupted before there is one.
   */
  private boolean mayBegin(ReadingCall call) {
    boolean permitted = false;
    while (!permitted && !isOver(call)) {
      try {
        permitted = permits.tryAcquire(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return permitted;
  }

  private static boolean isOver(ReadingCall call) {
    return call.isCancelled()
        || Thread.currentThread().isInterrupted()
        || call.timeLeft().filter(Duration::isZero).isPresent();
  }

  private Running begin(DocumentText text, String question, ReadingOptions own, ReadingCall call) {
    ReadingOptions.ReadingOptionsBuilder mine = own.toBuilder();
    Stream.concat(listener.stream(), call.listener().stream())
        .forEach(told -> mine.listener(event -> told.on(text.name(), event)));
    Stream.concat(own.deadline().stream(), call.timeLeft().stream())
        .min(Duration::compareTo)
        .ifPresent(mine::deadline);
    ReadingTask task;
    try {
      task = reader.start(text.source(), question, mine.build());
    } catch (RuntimeException e) {
      permits.release();
      throw e;
    }
    call.begun(task);
    task.future().whenComplete((reading, error) -> permits.release());
    return new Running(text, task, call);
  }

  private final class Running {
    private final DocumentText text;
    private final ReadingTask task;
    private final ReadingCall call;

    Running(DocumentText text, ReadingTask task, ReadingCall call) {
      this.text = text;
      this.task = task;
      this.call = call;
    }

    DocumentReading await() {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return ended(task.future().get());
          } catch (InterruptedException e) {
            interrupted = true;
            task.cancel();
          }
        }
      } catch (ExecutionException e) {
        call.failed(task);
        throw failure(e.getCause() == null ? e : e.getCause());
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private DocumentReading ended(Reading reading) {
      call.ended(task, reading);
      if (reading.outcome() instanceof Outcome.Failed failed) {
        throw failure(failed.error());
      }
      return new DocumentReading(text, reading, Evidence.of(text, reading.clues(), sentences));
    }

    private RuntimeException failure(Throwable cause) {
      // What the caller has to put right arrives as the reader says it.
      return cause instanceof IllegalArgumentException wrong
          ? wrong
          : new LangChain4jException(
              "reading '%s' failed: %s".formatted(text.name(), cause.getMessage()), cause);
    }
  }
}
