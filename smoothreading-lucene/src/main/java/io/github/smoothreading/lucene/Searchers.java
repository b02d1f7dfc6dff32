package io.github.smoothreading.lucene;

import java.io.Closeable;
import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;

/** Hands out searchers; each one acquired is released, whatever happens in between. */
interface Searchers extends Closeable {
  /** How messages name the index. */
  String name();

  IndexSearcher acquire() throws IOException;

  void release(IndexSearcher searcher) throws IOException;

  /** What is done with a searcher. */
  @FunctionalInterface
  interface Use<T> {
    T run(IndexSearcher searcher) throws IOException;
  }

  /** Runs {@code use} on a searcher that is released afterwards. */
  default <T> T with(Use<T> use) {
    return Indexes.explained(
        name(),
        () -> {
          IndexSearcher searcher = acquire();
          try {
            return use.run(searcher);
          } finally {
            release(searcher);
          }
        });
  }

  /** The newest commit at each question. Closes its readers, and the directory only if told to. */
  static Searchers over(Directory directory, boolean closeDirectory) {
    SearcherManager manager =
        Indexes.explained(
            Indexes.name(directory),
            () -> {
              Indexes.requireIndex(directory);
              return new SearcherManager(directory, null);
            });
    return new Searchers() {
      @Override
      public String name() {
        return Indexes.name(directory);
      }

      @Override
      public IndexSearcher acquire() throws IOException {
        manager.maybeRefresh();
        return manager.acquire();
      }

      @Override
      public void release(IndexSearcher searcher) throws IOException {
        manager.release(searcher);
      }

      @Override
      public void close() throws IOException {
        manager.close();
        if (closeDirectory) {
          directory.close();
        }
      }
    };
  }

  /** One point in time, owned by the caller. */
  static Searchers over(IndexReader reader) {
    IndexSearcher searcher = new IndexSearcher(reader);
    return new Searchers() {
      @Override
      public String name() {
        return "behind the given reader";
      }

      @Override
      public IndexSearcher acquire() {
        if (!reader.tryIncRef()) {
          throw new AlreadyClosedException("this IndexReader is closed");
        }
        return searcher;
      }

      @Override
      public void release(IndexSearcher one) throws IOException {
        reader.decRef();
      }

      @Override
      public void close() {}
    };
  }

  /** Whatever the caller's manager has; when to refresh is the caller's choice. */
  static Searchers over(SearcherManager manager) {
    return new Searchers() {
      @Override
      public String name() {
        return "behind the given searcher manager";
      }

      @Override
      public IndexSearcher acquire() throws IOException {
        return manager.acquire();
      }

      @Override
      public void release(IndexSearcher searcher) throws IOException {
        manager.release(searcher);
      }

      @Override
      public void close() {}
    };
  }
}
