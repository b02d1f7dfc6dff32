package io.github.smoothreading.benchmarks.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.SmoothReaderBuilder;
import io.github.smoothreading.lucene.Citation;
import io.github.smoothreading.lucene.Gathering;
import io.github.smoothreading.lucene.GatheringOptions;
import io.github.smoothreading.lucene.LuceneAnswer;
import io.github.smoothreading.lucene.LuceneDocumentIndexer;
import io.github.smoothreading.lucene.LuceneReader;
import io.github.smoothreading.lucene.Passage;
import io.github.smoothreading.summary.Clue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How well reading on answers questions over search results, against the same model given only the
 * top passages that fill C and that fill W.
 *
 * <p>Questions about ten books, written by hand on sentences of the books; about half need two
 * passages that lie more than W apart. Results are kept in a file line by line: started again, the
 * program goes on where it stopped.
 */
@Command(name = "LuceneEvaluation", mixinStandardHelpOptions = true)
final class LuceneEvaluation implements Callable<Integer> {
  @Option(names = "--books", required = true, description = "What get-books.sh filled.")
  private Path books = Path.of("");

  @Option(
      names = "--work",
      defaultValue = "benchmarks/target/lucene-evaluation",
      description = "Where the index and the results go.")
  private Path work = Path.of("");

  @Option(names = "--count", defaultValue = "0", description = "How many questions; 0: all.")
  private int count;

  @Option(
      names = "--budget",
      defaultValue = "6144",
      description = "Tokens to gather for reading on.")
  private int budget;

  @Option(names = "--parallel", defaultValue = "2", description = "Readings at once.")
  private int parallel;

  @Option(names = "--search-only", description = "Looks whether the evidence is gathered.")
  private boolean searchOnly;

  @Option(names = "--model", description = "Folder of another model than the default one.")
  private @Nullable Path model;

  private final ObjectMapper mapper = new ObjectMapper();

  public static void main(String[] args) {
    System.exit(new CommandLine(new LuceneEvaluation()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> texts = Books.read(books);
    List<Question> questions = Question.all();
    questions.forEach(question -> question.check(texts));
    if (count > 0) {
      questions = questions.subList(0, Math.min(count, questions.size()));
    }
    index(texts);
    SmoothReaderBuilder builder = SmoothReader.builder();
    if (model != null) {
      builder.model(model);
    }
    try (SmoothReader smooth = builder.build();
        LuceneReader reader = LuceneReader.over(work.resolve("index")).reader(smooth).build()) {
      System.out.print(reader.describe());
      for (Question question : questions) {
        question.checkApart(texts, smooth::countTokens, smooth.capacity().window());
      }
      run(questions, smooth, reader);
    }
    return 0;
  }

  private void index(Map<String, String> texts) throws IOException {
    Files.createDirectories(work);
    long begun = System.nanoTime();
    try (LuceneDocumentIndexer indexer = LuceneDocumentIndexer.into(work.resolve("index"))) {
      indexer.add(Books.parts(texts));
    }
    long chars = texts.values().stream().mapToLong(String::length).sum();
    System.out.printf(
        "%d chapters, %.1f million characters, indexed in %.1f s%n",
        texts.size(), chars / 1e6, (System.nanoTime() - begun) / 1e9);
  }

  private void run(List<Question> questions, SmoothReader smooth, LuceneReader reader)
      throws IOException, InterruptedException, ExecutionException {
    String fingerprint = smooth.capacity().fingerprint();
    Path file = work.resolve(searchOnly ? "search.jsonl" : "results.jsonl");
    if (searchOnly) {
      Files.deleteIfExists(file);
    }
    Map<String, Result> done = done(file, fingerprint);
    List<Future<Result>> running = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
      for (Question question : questions) {
        for (Condition condition : Condition.values()) {
          Result before = done.get(question.id() + condition);
          if (before != null) {
            results.add(before);
          } else {
            running.add(
                threads.submit(() -> ask(question, condition, smooth, reader, fingerprint)));
          }
        }
      }
      for (Future<Result> one : running) {
        Result result = one.get();
        results.add(result);
        Files.writeString(
            file,
            mapper.writeValueAsString(result) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        System.out.printf(
            "%4d of %d  %-8s %-7s %-5s %s%n",
            results.size(),
            3 * questions.size(),
            result.id(),
            result.condition(),
            searchOnly ? result.evidence() : result.right(),
            result.answer().replace('\n', ' '));
      }
    }
    new Table(results, searchOnly).print();
  }

  /** Results of an earlier run with this model and these options. */
  private Map<String, Result> done(Path file, String fingerprint) throws IOException {
    Map<String, Result> done = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        Result result = mapper.readValue(line, Result.class);
        if (result.model().equals(key(fingerprint))) {
          done.put(result.id() + result.condition(), result);
        }
      }
    }
    return done;
  }

  private String key(String fingerprint) {
    return fingerprint + "/" + budget;
  }

  private Result ask(
      Question question,
      Condition condition,
      SmoothReader smooth,
      LuceneReader reader,
      String fingerprint) {
    GatheringOptions readOn = GatheringOptions.builder().budget(budget).build();
    Gathering gathering =
        reader.gather(question.question(), condition.gathering(smooth.capacity(), readOn));
    List<Integer> places = places(question, gathering.passages(), smooth);
    boolean there = places.stream().allMatch(place -> place >= 0);
    int apart = there && question.needsTwo() ? Math.abs(places.get(0) - places.get(1)) : -1;
    double searching = (gathering.searchTime().toNanos() + gathering.gatherTime().toNanos()) / 1e6;
    if (searchOnly) {
      return new Result(
          question.id(),
          condition,
          key(fingerprint),
          question.needsTwo(),
          there,
          apart,
          false,
          false,
          "",
          gathering.tokens(),
          0,
          searching,
          0,
          0,
          0);
    }
    LuceneAnswer answer = reader.read(gathering, ReadingOptions.DEFAULTS);
    String said = answer.answer().orElse("");
    String clues =
        answer.clues().stream()
            .filter(Clue::verified)
            .map(Clue::text)
            .collect(Collectors.joining("\n"));
    return new Result(
        question.id(),
        condition,
        key(fingerprint),
        question.needsTwo(),
        there,
        apart,
        question.isAnsweredBy(clues),
        question.isAnsweredBy(said),
        said,
        gathering.tokens(),
        answer.readings().stream().mapToLong(one -> one.usage().tokensRead()).sum(),
        searching,
        answer.readingTime().toNanos() / 1e6,
        (int) answer.clues().stream().filter(Clue::verified).count(),
        miscited(answer));
  }

  /** Clues whose citations, joined, are not their text. */
  private static int miscited(LuceneAnswer answer) {
    int wrong = 0;
    for (int i = 0; i < answer.clues().size(); i++) {
      int clue = i;
      String cited =
          answer.citations().stream()
              .filter(one -> one.clue() == clue)
              .map(Citation::quotation)
              .collect(Collectors.joining());
      Clue noted = answer.clues().get(i);
      wrong += noted.verified() && !cited.equals(noted.text()) ? 1 : 0;
    }
    return wrong;
  }

  /** Where each piece of evidence stands in the gathered text, in tokens; -1 if it does not. */
  private static List<Integer> places(
      Question question, List<Passage> passages, SmoothReader smooth) {
    List<Integer> places = new ArrayList<>();
    for (String evidence : question.evidence()) {
      StringBuilder before = new StringBuilder();
      int place = -1;
      for (Passage passage : passages) {
        before.append(passage.text());
        // It may begin in one passage and end in the next.
        int at = before.indexOf(evidence);
        if (at >= 0) {
          place = smooth.countTokens(before.substring(0, at));
          break;
        }
      }
      places.add(place);
    }
    return places;
  }
}
