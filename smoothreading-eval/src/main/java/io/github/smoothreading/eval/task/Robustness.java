package io.github.smoothreading.eval.task;

import io.github.smoothreading.eval.metric.Metric;
import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker;
import io.github.smoothreading.text.TextSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Documents in which the fact stands in an awkward way: split by a chunk border, repeated,
 * contradicted later, in another language, inside code, inside a table.
 */
public final class Robustness {
  /** How the fact stands. */
  public enum Case {
    /** As one sentence: what the others are compared with. */
    PLAIN("plain"),
    /** A chunk ends inside it. */
    SPLIT("split by a chunk border"),
    /** Three times, in different places. */
    REPEATED("repeated"),
    /** Corrected further on; what holds is the correction. */
    CONTRADICTED("contradicted later"),
    /** In German, French or Spanish. */
    OTHER_LANGUAGE("in another language"),
    /** In source code. */
    CODE("inside code"),
    /** In a row of a table. */
    TABLE("inside a table");

    private final String title;

    Case(String title) {
      this.title = title;
    }

    /** The name in tables. */
    public String title() {
      return title;
    }
  }

  /** How far in front of a border the fact is tried, in characters. */
  private static final int REACH = 3000;

  private final Haystack haystack;
  private final long seed;

  /** Hides made-up facts in {@code haystack}; the same seed gives the same documents. */
  public Robustness(Haystack haystack, long seed) {
    this.haystack = haystack;
    this.seed = seed;
  }

  /**
   * Documents of {@code tokens} tokens with the fact about the middle.
   *
   * @param chunk C of the readers, which decides where {@link Case#SPLIT} splits
   */
  public List<Item> items(Case kind, int tokens, int chunk, int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // The same documents and facts for every case.
      Random random = new Random(seed * 41 + i);
      Records records = new Records(random);
      String team = records.team();
      String right = records.number();
      String wrong = records.number();
      int start = random.nextInt(haystack.length());
      double depth = (i + 0.5) / count;
      boolean corrected = kind == Case.CONTRADICTED;
      List<String> answers = corrected ? List.of(right, wrong) : List.of(right);
      List<String> others =
          List.of(records.team(), records.number(), records.team(), records.number());
      int number = i;
      items.add(
          new Item(
              "%s/%d".formatted(kind.title(), i),
              "What is the locker number of the %s team?".formatted(team),
              () -> document(kind, team, right, wrong, others, tokens, chunk, start, depth, number),
              tokens,
              Judge.by(corrected ? Metric.CONTAINS_FIRST_ONLY : Metric.CONTAINS, answers),
              !corrected,
              Map.of("length", Integer.toString(tokens))));
    }
    return items;
  }

  private String document(
      Case kind,
      String team,
      String right,
      String wrong,
      List<String> others,
      int tokens,
      int chunk,
      int start,
      double depth,
      int number) {
    String fact = Records.fact(team, right);
    String hay = haystack.cut(tokens - 3 * haystack.tokens(fact), start);
    return switch (kind) {
      case PLAIN -> Haystack.hide(hay, fact, depth);
      case SPLIT -> split(hay, fact, chunk, depth);
      case REPEATED ->
          Haystack.hide(
              Haystack.hide(Haystack.hide(hay, fact, 0.9), fact, 0.5), fact, 0.1 + 0.1 * depth);
      case CONTRADICTED -> {
        String correction =
            "Correction: the locker number of the %s team was changed and is now %s."
                .formatted(team, right);
        yield Haystack.hide(
            Haystack.hide(hay, correction, 0.5 + depth / 2), Records.fact(team, wrong), depth / 2);
      }
      case OTHER_LANGUAGE -> Haystack.hide(hay, foreign(team, right, number), depth);
      case CODE -> Haystack.hide(hay, code(team, right, others), depth);
      case TABLE -> Haystack.hide(hay, table(team, right, others), depth);
    };
  }

  private static String foreign(String team, String number, int which) {
    return switch (which % 3) {
      case 0 -> "Die Schließfachnummer des Teams „%s“ lautet %s.".formatted(team, number);
      case 1 -> "Le numéro de casier de l'équipe « %s » est le %s.".formatted(team, number);
      default -> "El número de taquilla del equipo «%s» es el %s.".formatted(team, number);
    };
  }

  private static String code(String team, String number, List<String> others) {
    return """


    public final class Lockers {
      private static final Map<String, Integer> LOCKER_NUMBERS = Map.of(
          "%s team", %s,
          "%s team", %s,
          "%s team", %s);

      public static int lockerNumber(String team) {
        return LOCKER_NUMBERS.get(team);
      }
    }

    """
        .formatted(others.get(0), others.get(1), team, number, others.get(2), others.get(3));
  }

  private static String table(String team, String number, List<String> others) {
    return """


    | team | locker number |
    | --- | --- |
    | %s | %s |
    | %s | %s |
    | %s | %s |

    """
        .formatted(others.get(0), others.get(1), others.get(2), others.get(3), team, number);
  }

  /**
   * Puts the fact, as two paragraphs, where a chunk border falls between them.
   *
   * <p>Inserting moves the borders, so places in front of a border of the plain text are tried, the
   * nearest first.
   */
  private String split(String hay, String fact, int chunk, double depth) {
    String needle = fact.replace(" is ", " is given in the next paragraph.\n\nIt is ");
    List<Long> borders = borders(hay, chunk);
    List<Integer> ends = Haystack.sentenceEnds(hay).reversed();
    for (int i = 0; i < borders.size(); i++) {
      long border = borders.get(((int) (depth * borders.size()) + i) % borders.size());
      for (int end : ends) {
        if (end > border || end < border - REACH) {
          continue;
        }
        String text = Haystack.insert(hay, needle, end);
        long middle = text.indexOf(needle) + needle.indexOf("It is");
        if (borders(text, chunk).contains(middle)) {
          return text;
        }
      }
    }
    throw new IllegalArgumentException(
        "no chunk of C = %d tokens ends within the fact; give longer documents".formatted(chunk));
  }

  private List<Long> borders(String text, int chunk) {
    List<Long> borders = new ArrayList<>();
    try (Chunker.Chunks chunks =
        Chunker.bySeparators().cut(TextSource.of(text), haystack.encoder(), chunk)) {
      while (chunks.hasNext()) {
        Chunk next = chunks.next();
        borders.add(next.end());
      }
    }
    borders.remove(borders.size() - 1);
    return borders;
  }
}
