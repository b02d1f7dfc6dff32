package io.github.smoothreading.examples.lucene;

import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.lucene.GatheringOptions;
import io.github.smoothreading.lucene.LuceneAnswer;
import io.github.smoothreading.lucene.LuceneReader;
import io.github.smoothreading.lucene.ReadingStrategy;
import io.github.smoothreading.lucene.StoredNumber;
import io.github.smoothreading.lucene.StoredText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** Asks an index that something else made. */
public final class AskForeignIndex {
  private AskForeignIndex() {}

  /** Takes the index's folder, and questions; without any it describes the index. */
  public static void main(String[] args) throws IOException {
    Path index = Path.of(args[0]);
    // tag::describe[]
    try (LuceneReader reader = LuceneReader.over(index).build()) {
      System.out.print(reader.describe());
    }
    // end::describe[]
    for (String question : List.of(args).subList(1, args.length)) {
      System.out.println(ask(index, question).answer().orElse("none"));
    }
  }

  /** With everything said that could be found out, too. */
  static LuceneReader configured(Directory directory, SmoothReader smooth) {
    // tag::configure[]
    return LuceneReader.over(directory)
        .searchField("contents")
        .text(StoredText.json("raw", "/segment"))
        .documentId("id")
        .documentIdDelimiter("#")
        .start(StoredNumber.json("raw", "/start_char"))
        .title(StoredText.json("raw", "/title"))
        .analyzer(new EnglishAnalyzer())
        .reader(smooth)
        .build();
    // end::configure[]
  }

  private static LuceneAnswer ask(Path folder, String question) throws IOException {
    // tag::manager[]
    try (SmoothReader smooth = SmoothReader.open();
        Directory directory = FSDirectory.open(folder);
        SearcherManager manager = new SearcherManager(directory, null);
        LuceneReader reader = LuceneReader.over(manager).reader(smooth).build()) {
      GatheringOptions gathering =
          GatheringOptions.builder().budget(16_384).strategy(ReadingStrategy.EACH_DOCUMENT).build();
      ReadingOptions reading = ReadingOptions.builder().stop(StopPolicy.atProbability(0.9)).build();
      LuceneAnswer answer = reader.ask(question, gathering, reading);
      System.out.println(answer.toTrecRag("my-run", "1"));
      return answer;
    }
    // end::manager[]
  }
}
