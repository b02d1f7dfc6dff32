package io.github.smoothreading.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the passages for a question, within the budget, and puts them into reading order.
 *
 * <ol>
 *   <li>The hits are grouped by document, and each document's <em>lane</em> is loaded: its hits and
 *       what lies around them, in the document's order. Long values are cut into passages.
 *   <li>Hits are ranked. Where every hit is one passage, as the search ranked them; where values
 *       were cut, the rank of the whole value and the rank of the passage by its own terms are
 *       fused.
 *   <li>The budget is spent on hits and their neighbours, by the hit's rank plus {@value #STEP} for
 *       each step away from it. A text that is there already is not taken again.
 *   <li>Documents are ordered by their best hit, passages by position.
 * </ol>
 */
final class Gatherer {
  /** How many ranks a neighbour counts behind its hit, per step away from it. */
  static final int STEP = 10;

  private final IndexSearcher searcher;
  private final IndexShape shape;
  private final GatheringOptions options;
  private final TokenEstimate tokens;

  /** A candidate's place: which document, by rank, and where in its lane. */
  private record Spot(int document, int at) {}

  /** A hit, with the rank of its entry in the search and its own score by terms. */
  private record Hit(Spot spot, int entryRank, double score) {}

  Gatherer(
      IndexSearcher searcher,
      IndexShape shape,
      GatheringOptions options,
      ToIntFunction<String> tokens) {
    this.searcher = searcher;
    this.shape = shape;
    this.options = options;
    this.tokens = new TokenEstimate(tokens);
  }

  /** The gathered text; everything in it is a copy. */
  GatheredText gather(String question, List<Integer> docs) throws IOException {
    List<Lane> lanes = new ArrayList<>();
    List<Spot> hits = rank(question, lanes(docs, lanes), lanes);
    Map<Spot, Integer> ranks = new HashMap<>();
    for (Spot hit : hits) {
      ranks.put(hit, ranks.size() + 1);
    }
    Spending spending = new Spending(lanes);
    int last = hits.size() + STEP * options.neighbours();
    for (int turn = 0; turn < last && spending.left() > 0; turn++) {
      // The hits that come to their distance-th neighbours now, best hit first.
      for (int distance = turn / STEP; distance >= 0; distance--) {
        int rank = turn - STEP * distance;
        if (rank < hits.size() && distance <= options.neighbours()) {
          spending.around(hits.get(rank), distance);
        }
      }
    }
    return text(lanes, hits, ranks, spending);
  }

  /** Loads the lanes of the best documents; returns the rank of each entry that was found. */
  private Map<Integer, Integer> lanes(List<Integer> docs, List<Lane> lanes) throws IOException {
    EntryLoader loader = new EntryLoader(searcher, shape);
    Siblings siblings = new Siblings(searcher, shape, loader);
    Map<String, List<Entry>> groups = new LinkedHashMap<>();
    Map<Integer, Integer> ranks = new HashMap<>();
    for (int doc : docs) {
      Entry entry = loader.load(doc);
      if (groups.containsKey(entry.document()) || groups.size() < options.documents()) {
        groups.computeIfAbsent(entry.document(), id -> new ArrayList<>()).add(entry);
        ranks.put(doc, ranks.size());
      }
    }
    for (Map.Entry<String, List<Entry>> group : groups.entrySet()) {
      lanes.add(
          siblings.lane(
              group.getKey(), group.getValue(), options.neighbours(), options.passageChars()));
    }
    return ranks;
  }

  private List<Spot> rank(String question, Map<Integer, Integer> entryRanks, List<Lane> lanes) {
    List<Spot> whole = new ArrayList<>();
    List<Spot> cut = new ArrayList<>();
    for (int document = 0; document < lanes.size(); document++) {
      List<Candidate> candidates = lanes.get(document).candidates();
      for (int at = 0; at < candidates.size(); at++) {
        if (entryRanks.containsKey(candidates.get(at).entry().luceneDoc())) {
          (isPiece(candidates, at) ? cut : whole).add(new Spot(document, at));
        }
      }
    }
    List<Double> scores =
        new TermScores(shape, question)
            .of(cut.stream().map(spot -> candidate(lanes, spot).text()).toList());
    List<Hit> hits = new ArrayList<>();
    for (Spot spot : whole) {
      // A whole text matches as well as the search says: its terms are not scored again.
      hits.add(new Hit(spot, entryRank(entryRanks, lanes, spot), Double.MAX_VALUE));
    }
    for (int i = 0; i < cut.size(); i++) {
      hits.add(new Hit(cut.get(i), entryRank(entryRanks, lanes, cut.get(i)), scores.get(i)));
    }
    Comparator<Hit> bySearch = Comparator.comparingInt(Hit::entryRank);
    List<Hit> searched =
        hits.stream()
            .sorted(bySearch.thenComparingDouble(hit -> -hit.score()))
            .filter(new FirstOrMatching(scores))
            .toList();
    if (cut.isEmpty()) {
      return searched.stream().map(Hit::spot).toList();
    }
    List<Hit> byTerms =
        searched.stream().sorted(Comparator.comparingDouble(hit -> -hit.score())).toList();
    Map<Hit, Double> fused = new HashMap<>();
    for (int i = 0; i < byTerms.size(); i++) {
      Hit hit = byTerms.get(i);
      fused.put(hit, Search.reciprocal(i) + Search.reciprocal(hit.entryRank()));
    }
    return searched.stream()
        .sorted(Comparator.comparingDouble(hit -> -fused.getOrDefault(hit, 0.0)))
        .map(Hit::spot)
        .toList();
  }

  private static Candidate candidate(List<Lane> lanes, Spot spot) {
    return lanes.get(spot.document()).candidates().get(spot.at());
  }

  private static int entryRank(Map<Integer, Integer> ranks, List<Lane> lanes, Spot spot) {
    return ranks.getOrDefault(candidate(lanes, spot).entry().luceneDoc(), Integer.MAX_VALUE);
  }

  /** Whether the entry at {@code at} was cut into several candidates. */
  private static boolean isPiece(List<Candidate> candidates, int at) {
    int doc = candidates.get(at).entry().luceneDoc();
    return (at > 0 && candidates.get(at - 1).entry().luceneDoc() == doc)
        || (at + 1 < candidates.size() && candidates.get(at + 1).entry().luceneDoc() == doc);
  }

  /**
   * Of a cut entry, the first piece, and those that match at least a tenth as well as the best:
   * what shares only the question's commonest words is no hit.
   */
  private static final class FirstOrMatching implements Predicate<Hit> {
    private final double least;
    private final Set<Integer> seen = new HashSet<>();

    FirstOrMatching(List<Double> scores) {
      least = scores.stream().mapToDouble(score -> score).max().orElse(0) / 10;
    }

    @Override
    public boolean test(Hit hit) {
      return seen.add(hit.entryRank()) || (hit.score() > 0 && hit.score() >= least);
    }
  }

  /** Keeps the account of the budget, and of what was taken. */
  private final class Spending {
    private final List<Lane> lanes;
    private final Map<Integer, TreeSet<Integer>> taken = new HashMap<>();
    private final Set<Spot> refused = new HashSet<>();
    private final Set<String> texts = new HashSet<>();
    private int spent;

    Spending(List<Lane> lanes) {
      this.lanes = lanes;
    }

    int left() {
      return options.budget() - spent;
    }

    void around(Spot hit, int distance) {
      Lane lane = lanes.get(hit.document());
      for (int step : distance == 0 ? new int[] {0} : new int[] {-distance, distance}) {
        int at = lane.neighbour(hit.at(), step);
        if (at >= 0) {
          take(new Spot(hit.document(), at));
        }
      }
    }

    private void take(Spot spot) {
      TreeSet<Integer> document = taken.computeIfAbsent(spot.document(), d -> new TreeSet<>());
      if (document.contains(spot.at()) || refused.contains(spot)) {
        return;
      }
      Candidate candidate = lanes.get(spot.document()).candidates().get(spot.at());
      String text = candidate.text();
      if (text.isBlank() || texts.contains(text.strip())) {
        refused.add(spot);
        return;
      }
      String header = document.isEmpty() ? candidate.entry().title() + "\n" : "";
      // One more for what may stand between two passages.
      int cost = tokens.of(header + text) + 1;
      if (cost > left()) {
        refused.add(spot);
        return;
      }
      texts.add(text.strip());
      spent += cost;
      document.add(spot.at());
    }
  }

  private GatheredText text(
      List<Lane> lanes, List<Spot> hits, Map<Spot, Integer> ranks, Spending spending) {
    GatheredText text = new GatheredText(shape.text().name(), spending.spent);
    hits.stream()
        .map(Spot::document)
        .distinct()
        .filter(document -> !spending.taken.getOrDefault(document, new TreeSet<>()).isEmpty())
        .forEach(
            document -> {
              Lane lane = lanes.get(document);
              text.begin();
              for (int at : spending.taken.getOrDefault(document, new TreeSet<>())) {
                Integer rank = ranks.get(new Spot(document, at));
                text.add(lane.candidates().get(at), rank(rank));
              }
            });
    for (Spot hit : hits) {
      if (!spending.taken.getOrDefault(hit.document(), new TreeSet<>()).contains(hit.at())) {
        Candidate candidate = lanes.get(hit.document()).candidates().get(hit.at());
        text.leaveOut(candidate, rank(ranks.get(hit)));
      }
    }
    return text;
  }

  private static OptionalInt rank(@Nullable Integer rank) {
    return rank == null ? OptionalInt.empty() : OptionalInt.of(rank);
  }
}
