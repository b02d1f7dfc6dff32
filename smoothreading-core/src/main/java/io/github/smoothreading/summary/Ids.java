package io.github.smoothreading.summary;

/** Small helpers on arrays of token ids. */
final class Ids {
  static final int[] NONE = {};

  private Ids() {}

  static int[] of(int... ids) {
    return ids;
  }

  static int[] join(int[]... pieces) {
    int length = 0;
    for (int[] piece : pieces) {
      length += piece.length;
    }
    int[] joined = new int[length];
    int at = 0;
    for (int[] piece : pieces) {
      System.arraycopy(piece, 0, joined, at, piece.length);
      at += piece.length;
    }
    return joined;
  }
}
