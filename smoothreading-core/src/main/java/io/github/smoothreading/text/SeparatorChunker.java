package io.github.smoothreading.text;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts behind the coarsest separator that leaves a chunk more than half full.
 *
 * <p>At the beginning of a chunk:
 *
 * <ol>
 *   <li>If all that is left fits, it is the last chunk.
 *   <li>The limit is where the last token that fits ends. It is found by encoding the next six code
 *       units per allowed token, and twice as many again as long as that is too few.
 *   <li>For each level, coarsest first (the beginning of a part, empty lines, a line, a sentence, a
 *       clause, a word), the last cut in the second half of what lies before the limit is looked
 *       for; the first level that has one decides. Where none has, the cut is the limit.
 *   <li>The chunk is encoded on its own. Should it have too many tokens after all (byte-pair
 *       encoding is not additive), the limit moves in front of the cut, and the levels are tried
 *       again.
 * </ol>
 *
 * <p>The training data are cut by the same rule; the two must give the same chunks.
 */
final class SeparatorChunker implements Chunker {
  static final SeparatorChunker INSTANCE = new SeparatorChunker();

  private static final int MIN_TOKENS = 16;

  /** More code units than a token has in nearly all texts, so that one encoding finds the limit. */
  private static final int UNITS_PER_TOKEN = 6;

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 16;

  private static final String[] SEPARATORS = {
    "\n\n\n",
    "\r\n\r\n\r\n",
    "\n\n",
    "\r\n\r\n",
    "\n",
    ". ",
    ".",
    "! ",
    "? ",
    ", ",
    "; ",
    ": ",
    " \u2013 ",
    " "
  };

  private SeparatorChunker() {}

  @Override
  public Chunks cut(TextSource source, TextEncoder encoder, int maxTokens, long start, int index) {
    if (maxTokens < MIN_TOKENS) {
      throw new IllegalArgumentException(
          "a chunk of %d tokens is too short; allow at least %d".formatted(maxTokens, MIN_TOKENS));
    }
    if (start < 0 || start > source.runningLength()) {
      throw new IllegalArgumentException(
          "start %d lies outside of the running text, which is %d long; is this the source that was read before?"
              .formatted(start, source.runningLength()));
    }
    return new Cutting(new RunningText(source, start), encoder, maxTokens, index);
  }

  /** The beginning of what is left, with its ids. */
  private record Piece(String text, int[] ids) {}

  private static final class Cutting implements Chunks {
    private final RunningText text;
    private final TextEncoder encoder;
    private final int maxTokens;
    private int index;
    private boolean closed;

    Cutting(RunningText text, TextEncoder encoder, int maxTokens, int index) {
      this.text = text;
      this.encoder = encoder;
      this.maxTokens = maxTokens;
      this.index = index;
    }

    @Override
    public boolean hasNext() {
      return !closed && text.fill(1);
    }

    @Override
    public Chunk next() {
      if (!hasNext()) {
        throw new NoSuchElementException(closed ? "the chunks are closed" : "no chunk is left");
      }
      Piece piece = piece();
      int end = piece.text().length();
      boolean last = !text.fill(end + 1);
      Chunk chunk =
          new Chunk(index++, text.start(), piece.text(), piece.ids(), text.segments(end), last);
      text.discard(end);
      return chunk;
    }

    private Piece piece() {
      long ahead = (long) UNITS_PER_TOKEN * maxTokens;
      TextEncoder.Encoding encoding;
      do {
        int wanted = (int) Math.min(ahead, LONGEST_ARRAY);
        boolean more = text.fill(wanted + 1);
        String next = text.head(more ? wholeCharacters(wanted) : text.length());
        encoding = encode(next);
        if (!more && encoding.ids().length <= maxTokens) {
          return new Piece(next, encoding.ids());
        }
        ahead *= 2;
      } while (encoding.ids().length <= maxTokens);

      int limit = wholeCharacters(encoding.ends()[maxTokens - 1]);
      while (true) {
        String piece = text.head(bestCut(limit));
        int[] ids = encode(piece).ids();
        if (ids.length <= maxTokens) {
          return new Piece(piece, ids);
        }
        limit = wholeCharacters(piece.length() - 1);
        if (limit >= piece.length()) {
          throw new IllegalStateException(
              "the tokenizer gives %d tokens for the single character '%s', and only %d are allowed"
                  .formatted(ids.length, piece, maxTokens));
        }
      }
    }

    private int bestCut(int limit) {
      int middle = limit / 2;
      int boundary = text.lastBoundary(limit);
      if (boundary > middle) {
        return boundary;
      }
      for (String separator : SEPARATORS) {
        int cut = text.lastEnd(separator, limit);
        if (cut > middle) {
          return cut;
        }
      }
      return limit;
    }

    /** Moves an end inside a surrogate pair back; the first character always stays whole. */
    private int wholeCharacters(int end) {
      boolean inside = end > 0 && end < text.length() && text.isPair(end - 1);
      int whole = inside ? end - 1 : end;
      return whole > 0 ? whole : text.isPair(0) ? 2 : 1;
    }

    /**
     * Tokens of {@code piece}, with U+FFFD for half surrogate pairs, which no tokenizer can take.
     */
    private TextEncoder.Encoding encode(String piece) {
      return encoder.encode(wellFormed(piece));
    }

    @Override
    public void close() {
      closed = true;
      text.close();
    }
  }

  /**
   * {@code text} with each half of a surrogate pair that stands alone replaced; as long as before.
   */
  static String wellFormed(String text) {
    @Nullable StringBuilder repaired = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          repaired = repaired == null ? new StringBuilder(text) : repaired;
          repaired.setCharAt(i, '\uFFFD');
        }
      }
    }
    return repaired == null ? text : repaired.toString();
  }
}
