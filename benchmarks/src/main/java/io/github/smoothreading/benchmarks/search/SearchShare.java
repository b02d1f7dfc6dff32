package io.github.smoothreading.benchmarks.search;

import io.github.smoothreading.lucene.GatheringOptions;
import io.github.smoothreading.lucene.LuceneAnswer;
import io.github.smoothreading.lucene.LuceneDocumentIndexer;
import io.github.smoothreading.lucene.LuceneReader;
import io.github.smoothreading.text.Part;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The share of an answer's time that goes into searching and gathering. Bar: less than 5 %.
 *
 * <p>Moby-Dick, a document for each chapter; questions one after the other, the default model.
 */
@Command(name = "SearchShare", mixinStandardHelpOptions = true)
final class SearchShare implements Callable<Integer> {
  private static final String[] QUESTIONS = {
    "Who was the master of the ship Jungfrau?",
    "At which inn does Ishmael stay in New Bedford?",
    "Who is the captain of the Pequod?",
    "What is the name of the island where Queequeg was born?",
    "What did Ahab nail to the mast?",
    "Who made the harpoon for Ahab?"
  };

  @Option(names = "--repository", defaultValue = ".", description = "Where the book is.")
  private Path repository = Path.of(".");

  @Option(names = "--budget", defaultValue = "8192", description = "Tokens to gather.")
  private int budget;

  public static void main(String[] args) {
    System.exit(new CommandLine(new SearchShare()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    GatheringOptions options = GatheringOptions.builder().budget(budget).build();
    try (Directory directory = new ByteBuffersDirectory();
        LuceneDocumentIndexer indexer =
            LuceneDocumentIndexer.into(directory, new EnglishAnalyzer(), 1000)) {
      indexer.add(chapters());
      try (LuceneReader reader = LuceneReader.over(directory).gathering(options).build()) {
        // The first question of a process loads classes and fills caches.
        reader.ask(QUESTIONS[0]);
        System.out.println(
            "search ms  gather ms  read ms  share %  tokens gathered  read  question");
        double before = 0;
        double all = 0;
        for (String question : QUESTIONS) {
          LuceneAnswer answer = reader.ask(question);
          double search = answer.gathering().searchTime().toNanos() / 1e6;
          double gather = answer.gathering().gatherTime().toNanos() / 1e6;
          double read = answer.readingTime().toNanos() / 1e6;
          before += search + gather;
          all += search + gather + read;
          System.out.printf(
              "%9.2f  %9.2f  %7.0f  %7.2f  %15d  %4d  %s%n",
              search,
              gather,
              read,
              100 * answer.searchShare(),
              answer.gathering().tokens(),
              answer.readings().stream().mapToLong(one -> one.usage().tokensRead()).sum(),
              question);
        }
        System.out.printf("All: %.2f %% (bar: 5 %%)%n", 100 * before / all);
      }
    }
    return 0;
  }

  private List<Part> chapters() throws IOException {
    Path book =
        repository.resolve(
            "examples/src/main/resources/io/github/smoothreading/examples/ask/moby-dick.txt.gz");
    StringWriter text = new StringWriter();
    try (Reader in =
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(book)), StandardCharsets.UTF_8)) {
      in.transferTo(text);
    }
    List<Part> parts = new ArrayList<>();
    for (String chapter : text.toString().split("(?=CHAPTER [0-9]+\\.)")) {
      if (!chapter.isBlank()) {
        String id = "Moby-Dick, part " + (parts.size() + 1);
        parts.add(new Part(id, id, chapter.length(), () -> new StringReader(chapter)));
      }
    }
    return parts;
  }
}
