package io.github.smoothreading.eval.task;

import io.github.smoothreading.eval.metric.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Needles in haystacks: lengths times depths times needles, all of it fixed by the seed.
 *
 * <p>Of several needles one lies at the wanted depth and the others anywhere, so the depth of a
 * heat map is that of the fact asked for (for several values or queries: of the last one).
 */
public final class Niah {
  /** What is hidden and asked for. */
  public enum Kind {
    /** One needle. */
    SINGLE("one needle"),
    /** One fact among others of the same kind: look-alikes. */
    KEYS("several keys"),
    /** Several values of one key, all asked for. */
    VALUES("several values"),
    /** Several keys, all asked for at once. */
    QUERIES("several queries");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** The name in tables. */
    public String title() {
      return title;
    }
  }

  /** Facts hidden where there are several. */
  private static final int SEVERAL = 4;

  private final Haystack haystack;
  private final List<Needle> needles;
  private final long seed;

  /** Hides {@code needles} in {@code haystack}; the same seed gives the same documents. */
  public Niah(Haystack haystack, List<Needle> needles, long seed) {
    this.haystack = haystack;
    this.needles = List.copyOf(needles);
    this.seed = seed;
  }

  /**
   * Documents of {@code tokens} tokens.
   *
   * @param depths number of depths, spread evenly over the document
   * @param each documents per depth
   */
  public List<Item> items(Kind kind, int tokens, int depths, int each) {
    Random random = new Random(seed * 31 + 7L * tokens + kind.ordinal());
    List<Needle> order = new ArrayList<>(needles);
    Collections.shuffle(order, random);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < depths * each; i++) {
      double depth = (i / each + 0.5) / depths;
      Needle needle = order.get(i % order.size());
      items.add(item(kind, needle, tokens, depth, i, random));
    }
    return items;
  }

  /** The same without the needle: what is right is to find nothing. */
  public List<Item> absent(int tokens, int count) {
    Random random = new Random(seed * 37 + 7L * tokens);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Needle needle = needles.get(random.nextInt(needles.size()));
      int start = random.nextInt(haystack.length());
      items.add(
          new Item(
              "%d/absent/%d-%s".formatted(tokens, i, needle.id()),
              needle.question(),
              () -> haystack.cut(tokens, start),
              tokens,
              Judge.nothing(),
              true,
              Map.of("length", Integer.toString(tokens))));
    }
    return items;
  }

  private Item item(Kind kind, Needle needle, int tokens, double depth, int number, Random random) {
    Records records = new Records(new Random(random.nextLong()));
    List<String> hidden = new ArrayList<>();
    String question;
    List<String> answers = new ArrayList<>();
    switch (kind) {
      case SINGLE -> {
        question = needle.question();
        answers.addAll(needle.answers());
        hidden.add(needle.text());
      }
      case KEYS -> {
        String team = records.team();
        answers.add(records.number());
        hidden.add(Records.fact(team, answers.get(0)));
        records
            .teams(SEVERAL - 1)
            .forEach(other -> hidden.add(Records.fact(other, records.number())));
        question = "What is the locker number of the %s team?".formatted(team);
      }
      case VALUES -> {
        String team = records.team();
        for (int i = 0; i < SEVERAL; i++) {
          answers.add(records.number());
          hidden.add(Records.oneFact(team, answers.get(i)));
        }
        question = "What are all the locker numbers of the %s team?".formatted(team);
      }
      case QUERIES -> {
        List<String> teams = records.teams(SEVERAL - 1);
        for (String team : teams) {
          answers.add(records.number());
          hidden.add(Records.fact(team, answers.get(answers.size() - 1)));
        }
        question =
            "What are the locker numbers of the %s team, the %s team and the %s team?"
                .formatted(teams.toArray());
      }
      default -> throw new IllegalStateException("unknown kind " + kind);
    }
    boolean one = kind == Kind.SINGLE || kind == Kind.KEYS;
    int start = random.nextInt(haystack.length());
    long places = random.nextLong();
    // Look-alikes lie anywhere; where all are asked for, the one at the wanted depth is the last.
    double reach = kind == Kind.KEYS ? 1 : Math.max(depth, 0.1);
    return new Item(
        String.format(Locale.ROOT, "%d/%.2f/%d-%s", tokens, depth, number, needle.id()),
        question,
        () -> document(hidden, tokens, depth, reach, start, new Random(places)),
        tokens,
        Judge.by(one ? Metric.CONTAINS : Metric.CONTAINS_ALL, answers),
        one,
        Map.of(
            "length",
            Integer.toString(tokens),
            "depth",
            String.format(Locale.ROOT, "%.2f", depth)));
  }

  private String document(
      List<String> hidden, int tokens, double depth, double reach, int start, Random random) {
    int room = tokens - hidden.stream().mapToInt(haystack::tokens).sum();
    String text = haystack.cut(room, start);
    // The one at the wanted depth comes last, so that nothing moves it any more.
    for (int i = hidden.size() - 1; i > 0; i--) {
      text = Haystack.hide(text, hidden.get(i), reach * random.nextDouble());
    }
    return Haystack.hide(text, hidden.get(0), depth);
  }
}
