package io.github.smoothreading.backend.djl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a pass in the decoder's form: packed one after the other.
 *
 * @param rows where they came from
 * @param table per row: number of tokens, {@link Row#place}
 * @param tokens all tokens
 * @param wanted indices into {@code tokens}
 * @param probes the probes of all rows, each once
 */
record PassInput(List<Row> rows, long[] table, long[] tokens, long[] wanted, long[] probes) {
  static PassInput of(List<Row> rows) {
    int count = 0;
    int choices = 0;
    Set<Integer> union = new LinkedHashSet<>();
    for (Row row : rows) {
      count += row.tokens().length;
      choices += row.wanted();
      if (row.wanted() > 0) {
        for (int probe : row.probes()) {
          union.add(probe);
        }
      }
    }
    long[] table = new long[4 * rows.size()];
    long[] tokens = new long[count];
    long[] wanted = new long[choices];
    int at = 0;
    int choice = 0;
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      table[4 * r] = row.tokens().length;
      System.arraycopy(row.place(), 0, table, 4 * r + 1, 3);
      for (int i = 0; i < row.tokens().length; i++) {
        if (i >= row.firstWanted()) {
          wanted[choice++] = at;
        }
        tokens[at++] = row.tokens()[i];
      }
    }
    return new PassInput(
        rows, table, tokens, wanted, union.stream().mapToLong(Integer::longValue).toArray());
  }

  /** Gives every row its share of the decoder's answer. */
  List<Choices> split(long[] ids, float[] probabilities, float[] margins) {
    Map<Integer, Integer> column = new HashMap<>();
    for (int p = 0; p < probes.length; p++) {
      column.put((int) probes[p], p);
    }
    List<Choices> result = new ArrayList<>();
    int at = 0;
    for (Row row : rows) {
      int n = row.wanted();
      int[] own = new int[n];
      float[] margin = new float[n];
      float[][] probe = new float[n][row.probes().length];
      for (int i = 0; i < n; i++, at++) {
        own[i] = Math.toIntExact(ids[at]);
        margin[i] = margins[at];
        for (int p = 0; p < row.probes().length; p++) {
          probe[i][p] = probabilities[at * probes.length + column.getOrDefault(row.probes()[p], 0)];
        }
      }
      result.add(new Choices(own, margin, probe));
    }
    return result;
  }
}
