package io.github.smoothreading.eval.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.eval.metric.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Tasks in the manner of LongBench that need no download: questions about two books, two hops,
 * retrieval of a paragraph, a count.
 *
 * <p>They use the built-in haystack, so they tell nothing about a user's own documents; they tell
 * whether a model reads.
 */
public final class BuiltIn {
  /** Characters that a document begins in front of a passage at least: it begins at a line. */
  private static final int NEAR = 2500;

  private final Haystack books;
  private final long seed;

  /** Over the built-in {@link Haystack}; the same seed gives the same documents. */
  public BuiltIn(Haystack books, long seed) {
    this.books = books;
    this.seed = seed;
  }

  /**
   * All tasks by name.
   *
   * @param tokens length of the documents
   * @param each items per task
   */
  public Map<String, List<Item>> tasks(int tokens, int each) {
    Map<String, List<Item>> tasks = new LinkedHashMap<>();
    tasks.put("books", books(tokens, each));
    tasks.put("two hops", generated("two hops", tokens, each, this::twoHops));
    tasks.put("paragraph retrieval", generated("retrieval", tokens, each, this::retrieval));
    tasks.put("count", generated("count", tokens, each, this::count));
    return tasks;
  }

  /** A document around the place that answers. */
  private List<Item> books(int tokens, int each) {
    Random random = new Random(seed);
    List<Item> items = new ArrayList<>();
    for (JsonNode row : Resources.lines("books.jsonl")) {
      int place = books.find(row.path("anchor").asText());
      double depth = random.nextDouble();
      items.add(
          new Item(
              row.path("id").asText(),
              row.path("question").asText(),
              () -> around(row.path("anchor").asText(), place, tokens, depth),
              tokens,
              Judge.by(Metric.QA_F1, Resources.strings(row.path("answers"))),
              true,
              Map.of("length", Integer.toString(tokens))));
    }
    return items.subList(0, Math.min(each, items.size()));
  }

  private String around(String anchor, int place, int tokens, double depth) {
    // Four characters a token are fewer than English has, so that the passage is rarely cut off.
    for (int before = Math.max(NEAR, (int) (4 * tokens * depth));
        ;
        before = Math.max(NEAR, before / 2)) {
      String text = books.cut(tokens, Math.max(0, place - before));
      if (text.contains(anchor)) {
        return text;
      }
      if (before == NEAR) {
        throw new IllegalArgumentException(
            "documents of %d tokens are too short for the built-in questions; give 1500 or more"
                .formatted(tokens));
      }
    }
  }

  /** Makes one item from its own random numbers. */
  @FunctionalInterface
  private interface Maker {
    Item make(String id, int tokens, Random random);
  }

  private List<Item> generated(String name, int tokens, int each, Maker maker) {
    return IntStream.range(0, each)
        .mapToObj(i -> maker.make(name + "/" + i, tokens, new Random(seed * 43 + i)))
        .toList();
  }

  private Item twoHops(String id, int tokens, Random random) {
    Records records = new Records(random);
    String team = records.team();
    String number = records.number();
    List<String> rooms =
        List.of("boiler room", "chapel", "attic", "music room", "greenhouse", "wine cellar");
    String room = rooms.get(random.nextInt(rooms.size()));
    String other = rooms.get((rooms.indexOf(room) + 1) % rooms.size());
    List<String> facts =
        List.of(
            Records.fact(team, number),
            "The key to locker %s hangs in the %s.".formatted(number, room),
            Records.fact(records.team(), records.number()),
            "The key to locker %s hangs in the %s.".formatted(records.number(), other));
    return scattered(
        id,
        "Where does the key to the locker of the %s team hang?".formatted(team),
        facts,
        Judge.by(Metric.CONTAINS, List.of(room)),
        tokens,
        random);
  }

  private Item count(String id, int tokens, Random random) {
    Records records = new Records(random);
    int wanted = 2 + random.nextInt(5);
    List<String> facts =
        records.teams(wanted).stream().map(team -> Records.fact(team, records.number())).toList();
    return scattered(
        id,
        "For how many different teams does the text give a locker number?",
        facts,
        Judge.by(Metric.COUNT, List.of(Integer.toString(wanted))),
        tokens,
        random);
  }

  private Item scattered(
      String id, String question, List<String> facts, Judge judge, int tokens, Random random) {
    int start = random.nextInt(books.length());
    double[] depths = random.doubles(facts.size()).toArray();
    int room = tokens - facts.stream().mapToInt(books::tokens).sum();
    return new Item(
        id,
        question,
        () -> {
          String text = books.cut(room, start);
          for (int i = 0; i < depths.length; i++) {
            text = Haystack.hide(text, facts.get(i), depths[i]);
          }
          return text;
        },
        tokens,
        judge,
        judge.metric() != Metric.COUNT,
        Map.of("length", Integer.toString(tokens)));
  }

  private Item retrieval(String id, int tokens, Random random) {
    int paragraphs = 10;
    int wanted = random.nextInt(paragraphs);
    int start = random.nextInt(books.length());
    Records records = new Records(random);
    List<String> teams = records.teams(paragraphs);
    return new Item(
        id,
        "Which paragraph mentions the %s?".formatted(teams.get(wanted)),
        () -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < paragraphs; i++) {
            String hay = books.cut(tokens / paragraphs - 20, (start + i * 40_000) % books.length());
            String sentence = "Nobody had expected to see the %s there.".formatted(teams.get(i));
            text.append("Paragraph %d: ".formatted(i + 1))
                .append(Haystack.hide(hay.replaceAll("\\s+", " "), sentence, 0.5))
                .append("\n\n");
          }
          return text.toString();
        },
        tokens,
        Judge.by(Metric.RETRIEVAL, List.of("Paragraph %d".formatted(wanted + 1))),
        true,
        Map.of("length", Integer.toString(tokens)));
  }
}
