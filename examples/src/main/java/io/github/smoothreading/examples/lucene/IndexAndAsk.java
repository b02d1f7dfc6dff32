package io.github.smoothreading.examples.lucene;

import io.github.smoothreading.lucene.Citation;
import io.github.smoothreading.lucene.IndexingReport;
import io.github.smoothreading.lucene.LuceneAnswer;
import io.github.smoothreading.lucene.LuceneDocumentIndexer;
import io.github.smoothreading.lucene.LuceneReader;
import java.nio.file.Path;

/** Indexes a folder of text files, asks it a question, and prints the answer with citations. */
public final class IndexAndAsk {
  private IndexAndAsk() {}

  /** Takes a folder of UTF-8 text files, a folder for the index, and a question. */
  public static void main(String[] args) {
    Path documents = Path.of(args[0]);
    Path index = Path.of(args[1]);
    String question = args[2];
    // tag::index[]
    try (LuceneDocumentIndexer indexer = LuceneDocumentIndexer.into(index)) {
      IndexingReport report = indexer.sync(documents);
      System.out.println(report);
    }
    // end::index[]
    // tag::ask[]
    try (LuceneReader reader = LuceneReader.over(index).build()) {
      LuceneAnswer answer = reader.ask(question);

      System.out.println(answer.answer().orElse("The documents do not answer this."));
      for (Citation citation : answer.citations()) {
        System.out.printf(
            "%s, characters %d to %d of passage %d%n  %s%n",
            citation.document(),
            citation.start(),
            citation.end(),
            citation.order().orElse(0),
            citation.snippet().highlighted("*", "*"));
      }
      System.out.printf(
          "%d passages read, %d not reached%n", answer.read().size(), answer.notReached().size());
    }
    // end::ask[]
  }
}
