package io.github.smoothreading.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.SmoothReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

/** Fifty questions at once while the index changes: no error, and no reader stays open. */
class UpdatingIndexTest {
  private static final int QUESTIONS = 50;

  private final SmoothReader noter = SentenceNoter.reader();
  private final Map<IndexReader.CacheKey, Boolean> open = new ConcurrentHashMap<>();
  private final Set<IndexReader.CacheKey> seen = ConcurrentHashMap.newKeySet();

  @Test
  void ofDirectory() throws Exception {
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer = indexer(directory)) {
      indexer.add(RandomLibrary.parts(new RandomLibrary(0).texts(20, 40)));
      CountingDirectory counting = new CountingDirectory(directory);
      try (LuceneReader reader = LuceneReader.over(counting).reader(noter).build()) {
        askWhileUpdating(reader, indexer, () -> {});
        reader.ask("Where is the river");
        int one = counting.open.get();
        indexer.add(List.of(RandomLibrary.part("late", "A last text.")));
        reader.ask("Where is the last");
        assertThat(counting.open.get()).as("files of one point in time").isLessThan(2 * one + 10);
      }
      assertThat(counting.opened.get()).isGreaterThan(20);
      assertThat(counting.open.get()).as("files left open").isZero();
    }
  }

  @Test
  void ofSearcherManager() throws Exception {
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer = indexer(directory)) {
      indexer.add(RandomLibrary.parts(new RandomLibrary(0).texts(20, 40)));
      SearcherFactory watching =
          new SearcherFactory() {
            @Override
            public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
              watch(reader);
              return new IndexSearcher(reader);
            }
          };
      try (SearcherManager manager = new SearcherManager(directory, watching)) {
        try (LuceneReader reader = LuceneReader.over(manager).reader(noter).build()) {
          askWhileUpdating(reader, indexer, manager::maybeRefresh);
        }
        assertThat(seen).hasSizeGreaterThan(3);
        assertThat(open).as("the manager's own reader").hasSize(1);
      }
      assertThat(open).isEmpty();
    }
  }

  @Test
  void ofReader() throws Exception {
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer = indexer(directory)) {
      indexer.add(RandomLibrary.parts(new RandomLibrary(0).texts(20, 40)));
      DirectoryReader snapshot = DirectoryReader.open(directory);
      watch(snapshot);
      try (LuceneReader reader = LuceneReader.over(snapshot).reader(noter).build()) {
        askWhileUpdating(reader, indexer, () -> {});
      }
      assertThat(snapshot.getRefCount()).isEqualTo(1);
      snapshot.close();
      assertThat(open).isEmpty();
    }
  }

  private static LuceneDocumentIndexer indexer(Directory directory) {
    return LuceneDocumentIndexer.into(directory, new StandardAnalyzer(), 300);
  }

  private void watch(IndexReader reader) {
    var helper = reader.getReaderCacheHelper();
    seen.add(helper.getKey());
    open.put(helper.getKey(), true);
    helper.addClosedListener(open::remove);
  }

  /** Something that may fail. */
  private interface Action {
    void run() throws IOException;
  }

  private void askWhileUpdating(LuceneReader reader, LuceneDocumentIndexer indexer, Action refresh)
      throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger updates = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  // Every document again and again, with another text each time.
                  RandomLibrary library = new RandomLibrary(i);
                  indexer.add(List.of(RandomLibrary.part("doc-" + i % 20, library.text(30))));
                  refresh.run();
                  updates.incrementAndGet();
                }
                return null;
              });
      List<Future<LuceneAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < QUESTIONS; i++) {
        RandomLibrary library = new RandomLibrary(i);
        answers.add(threads.submit(() -> reader.ask("Where is the " + library.word())));
      }
      for (Future<LuceneAnswer> answer : answers) {
        LuceneAnswer one = answer.get();
        // Of one point in time: a document's passages fit each other.
        one.citations()
            .forEach(
                citation -> assertThat(citation.snippet().text()).contains(citation.quotation()));
        assertThat(one.gathering().passages()).isNotEmpty();
      }
      while (updates.get() < 10) {
        Thread.onSpinWait();
      }
      done.set(true);
      writer.get();
    }
  }
}
