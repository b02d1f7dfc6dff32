package io.github.smoothreading.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lombok.Builder;

/**
 * What a user changes about a suite; empty means the suite's own choice.
 *
 * @param lengths of documents, in tokens
 * @param depths number of depths
 * @param each documents for each length and depth, and items of each task
 * @param readers ways to read
 * @param haystack the user's own texts
 * @param needles the user's own needles
 * @param data files of benchmarks
 * @param limit most items of each data set; 0: all
 * @param seed of everything random
 */
@Builder
record SuiteSettings(
    List<Integer> lengths,
    Optional<Integer> depths,
    Optional<Integer> each,
    List<ReaderSetup> readers,
    List<Path> haystack,
    Optional<Path> needles,
    List<Path> data,
    int limit,
    long seed) {
  /** Builder with the defaults set. */
  static class SuiteSettingsBuilder {
    private List<Integer> lengths = List.of();
    private Optional<Integer> depths = Optional.empty();
    private Optional<Integer> each = Optional.empty();
    private List<ReaderSetup> readers = List.of();
    private List<Path> haystack = List.of();
    private Optional<Path> needles = Optional.empty();
    private List<Path> data = List.of();
    private long seed = 7;
  }

  List<Integer> lengths(Integer... own) {
    return lengths.isEmpty() ? List.of(own) : lengths;
  }

  int depths(int own) {
    return depths.orElse(own);
  }

  int each(int own) {
    return each.orElse(own);
  }

  List<ReaderSetup> readers(ReaderSetup... own) {
    return readers.isEmpty() ? List.of(own) : readers;
  }

  /** What decides which readings there are, for the page and for resuming. */
  Map<String, String> describe() {
    Map<String, String> all = new TreeMap<>();
    put(all, "lengths", lengths);
    depths.ifPresent(value -> all.put("depths", value.toString()));
    each.ifPresent(value -> all.put("each", value.toString()));
    put(all, "readers", readers.stream().map(ReaderSetup::name).toList());
    put(all, "haystack", haystack);
    needles.ifPresent(value -> all.put("needles", value.toString()));
    put(all, "data", data);
    if (limit > 0) {
      all.put("limit", Integer.toString(limit));
    }
    all.put("seed", Long.toString(seed));
    return all;
  }

  private static void put(Map<String, String> all, String name, List<?> values) {
    if (!values.isEmpty()) {
      all.put(name, String.join(", ", values.stream().map(Object::toString).toList()));
    }
  }
}
