package io.github.smoothreading.backend.djl;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the longest token at a place in a text.
 *
 * <p>All branches are in one hash table of (node, byte) with open addressing: a lookup is one or
 * two reads a byte, and the whole takes a few megabytes.
 */
final class ByteTrie {
  private static final int NONE = -1;

  private long[] branches; // node << 8 | byte
  private int[] targets;
  private int[] ids; // by node
  private int nodes = 1;
  private int used;

  private ByteTrie() {
    branches = new long[1 << 12];
    Arrays.fill(branches, NONE);
    targets = new int[branches.length];
    ids = new int[1 << 11];
    Arrays.fill(ids, NONE);
  }

  /** A trie of all but the empty ones of {@code tokens}; ids are their indices. */
  static ByteTrie of(byte[][] tokens) {
    ByteTrie trie = new ByteTrie();
    for (int id = 0; id < tokens.length; id++) {
      if (tokens[id].length > 0) {
        trie.add(tokens[id], id);
      }
    }
    return trie;
  }

  /** The longest token at {@code at} that is not in {@code without}; -1 if there is none. */
  int longest(byte[] text, int at, BitSet without) {
    int best = NONE;
    int node = 0;
    for (int i = at; i < text.length && node != NONE; i++) {
      int place = find((long) node << 8 | (text[i] & 0xff));
      node = branches[place] == NONE ? NONE : targets[place];
      if (node != NONE && ids[node] != NONE && !without.get(ids[node])) {
        best = ids[node];
      }
    }
    return best;
  }

  private void add(byte[] token, int id) {
    int node = 0;
    for (byte b : token) {
      long branch = (long) node << 8 | (b & 0xff);
      int place = find(branch);
      if (branches[place] == NONE) {
        if (2 * ++used > branches.length) {
          grow();
          place = find(branch);
        }
        branches[place] = branch;
        targets[place] = nodes;
        if (nodes == ids.length) {
          ids = Arrays.copyOf(ids, 2 * nodes);
          Arrays.fill(ids, nodes, ids.length, NONE);
        }
        nodes++;
      }
      node = targets[place];
    }
    ids[node] = id;
  }

  private int find(long branch) {
    int place = (int) (branch * 0x9e3779b97f4a7c15L >>> 32) & (branches.length - 1);
    while (branches[place] != branch && branches[place] != NONE) {
      place = place + 1 & (branches.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] oldBranches = branches;
    int[] oldTargets = targets;
    branches = new long[2 * oldBranches.length];
    Arrays.fill(branches, NONE);
    targets = new int[branches.length];
    for (int i = 0; i < oldBranches.length; i++) {
      if (oldBranches[i] != NONE) {
        int place = find(oldBranches[i]);
        branches[place] = oldBranches[i];
        targets[place] = oldTargets[i];
      }
    }
  }
}
