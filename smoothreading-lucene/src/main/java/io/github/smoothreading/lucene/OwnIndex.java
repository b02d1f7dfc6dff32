package io.github.smoothreading.lucene;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * An index of the indexer's own, open for writing; any other is refused before a writer sees it.
 *
 * @param writer the writer
 * @param hashes the documents it holds, each with its hash
 */
record OwnIndex(IndexWriter writer, Map<String, String> hashes) {
  static OwnIndex open(Directory directory, Analyzer analyzer) throws IOException {
    String name = analyzer.getClass().getSimpleName();
    Map<String, String> hashes = new HashMap<>();
    boolean exists = DirectoryReader.indexExists(directory);
    if (exists) {
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        check(directory, reader.getIndexCommit().getUserData(), name);
        hashes.putAll(hashes(reader));
      }
    } else if (directory.listAll().length > 0) {
      throw new LuceneIndexException(
          "%s holds files, but no index; name an empty folder, or one that does not exist yet"
              .formatted(Indexes.name(directory)));
    }
    IndexWriterConfig config = new IndexWriterConfig(analyzer);
    IndexWriter writer;
    try {
      writer = new IndexWriter(directory, config);
    } catch (LockObtainFailedException e) {
      throw new LuceneIndexException(
          "another writer has the index %s open; close it first".formatted(Indexes.name(directory)),
          e);
    }
    writer.setLiveCommitData(IndexFormat.userData(name).entrySet());
    if (!exists) {
      // So that a reader may open it before the first document is there.
      writer.commit();
    }
    return new OwnIndex(writer, hashes);
  }

  private static void check(Directory directory, Map<String, String> userData, String analyzer) {
    if (!IndexFormat.isOwn(userData)) {
      throw new LuceneIndexException(
          "the index %s was not made by LuceneDocumentIndexer and will not be written to; name another folder"
              .formatted(Indexes.name(directory)));
    }
    if (!IndexFormat.analyzer(userData).equals(analyzer)) {
      throw new LuceneIndexException(
          "the index %s was made with %s, not with %s; use that one, or a new folder"
              .formatted(Indexes.name(directory), IndexFormat.analyzer(userData), analyzer));
    }
  }

  private static Map<String, String> hashes(DirectoryReader reader) throws IOException {
    Map<String, String> hashes = new HashMap<>();
    IndexSearcher searcher = new IndexSearcher(reader);
    TermQuery parents = new TermQuery(new Term(IndexFormat.TYPE, IndexFormat.PARENT));
    int most = Math.max(1, reader.numDocs());
    var stored = searcher.storedFields();
    for (ScoreDoc doc : searcher.search(parents, most).scoreDocs) {
      Document parent = stored.document(doc.doc, Set.of(IndexFormat.DOCUMENT, IndexFormat.HASH));
      hashes.put(parent.get(IndexFormat.DOCUMENT), parent.get(IndexFormat.HASH));
    }
    return hashes;
  }
}
