package io.github.smoothreading.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedHeapTest {
  private static final long LENGTH = 200_000_000;
  private static final int MAX_TOKENS = 1024;

  /** A token ends after every fourth character. */
  private static final TextEncoder ENCODER =
      text -> {
        int[] ends =
            IntStream.rangeClosed(1, (text.length() + 3) / 4)
                .map(i -> Math.min(4 * i, text.length()))
                .toArray();
        return new TextEncoder.Encoding(ends, ends);
      };

  @Test
  void aStreamOf200MegabytesIsReadWithAFewChunksInHeap() {
    Endless reader = new Endless();
    TextSource source = TextSource.ofParts(List.of(new Part("book", "", LENGTH, () -> reader)));
    long before = usedHeap();
    long read = 0;
    long mostAhead = 0;
    long mostHeap = 0;
    try (Chunker.Chunks chunks = Chunker.bySeparators().cut(source, ENCODER, MAX_TOKENS)) {
      while (chunks.hasNext()) {
        Chunk chunk = chunks.next();
        read += chunk.text().length();
        mostAhead = Math.max(mostAhead, reader.given - read);
        if (chunk.index() % 10_000 == 0) {
          mostHeap = Math.max(mostHeap, usedHeap() - before);
        }
      }
    }
    assertThat(read).isEqualTo(LENGTH);
    assertThat(mostAhead).as("code units read ahead").isLessThan(4L * 6 * MAX_TOKENS);
    assertThat(mostHeap).as("bytes of heap").isLessThan(16L << 20);
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Generates a text that says which line it is at. */
  private static final class Endless extends Reader {
    private String line = "";
    private int at;
    private long number;
    private long given;

    @Override
    public int read(char[] buffer, int offset, int length) {
      if (given == LENGTH) {
        return -1;
      }
      if (at == line.length()) {
        line =
            "This is line "
                + number++
                + " of a book that nobody wrote.\n"
                + (number % 9 == 0 ? "\n" : "");
        at = 0;
      }
      int count = (int) Math.min(Math.min(length, line.length() - at), LENGTH - given);
      line.getChars(at, at + count, buffer, offset);
      at += count;
      given += count;
      return count;
    }

    @Override
    public void close() {}
  }
}
