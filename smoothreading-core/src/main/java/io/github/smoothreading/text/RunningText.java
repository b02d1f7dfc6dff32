package io.github.smoothreading.text;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The running text of a source, seen through a window: text comes in at its end as it is asked for,
 * and goes out at its beginning when it is done with. Offsets in the window are UTF-16 code units
 * from its beginning.
 */
final class RunningText implements AutoCloseable {
  /**
   * Where a part stands in the running text: its heading from {@code begin}, its text from {@code
   * from} to {@code to}.
   */
  private record Stretch(String part, long begin, long from, long to) {}

  private final Iterator<Part> parts;
  private final StringBuilder window = new StringBuilder();
  private final Deque<Stretch> stretches = new ArrayDeque<>();
  private final char[] buffer = new char[8192];
  private @Nullable Reader reader;
  private @Nullable Part part;
  private long rest; // code units of the open part that are still to come
  private long start;

  /** The running text from {@code start} on; what lies before is passed over. */
  RunningText(TextSource source, long start) {
    this.parts = source.parts().iterator();
    try {
      seek(source.parts(), start);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void seek(List<Part> all, long target) {
    for (Part next : all) {
      long size = TextSource.heading(next).length() + next.length() + TextSource.GAP.length();
      if (start + size > target) {
        break;
      }
      parts.next();
      start += size;
    }
    while (start < target && fill(1)) {
      discard((int) Math.min(window.length(), target - start));
    }
  }

  /** Where the window begins in the running text. */
  long start() {
    return start;
  }

  /** Tries to make the window {@code length} long at least; false when the text ends before. */
  boolean fill(int length) {
    try {
      while (window.length() < length && more()) {}
    } catch (IOException e) {
      String id = part == null ? "?" : part.id();
      throw new UncheckedIOException("part '%s' cannot be read: %s".formatted(id, e), e);
    }
    return window.length() >= length;
  }

  private boolean more() throws IOException {
    Part current = part;
    Reader open = reader;
    if (current == null || open == null) {
      return next();
    }
    int count = open.read(buffer);
    rest -= Math.max(count, 0);
    if (rest < 0 || (count < 0 && rest > 0)) {
      throw new IOException(
          "its text is %s than the %d UTF-16 code units announced; if it has changed, make the source anew"
              .formatted(rest < 0 ? "longer" : "shorter", current.length()));
    }
    if (count >= 0) {
      window.append(buffer, 0, count);
      return true;
    }
    open.close();
    reader = null;
    if (parts.hasNext()) {
      window.append(TextSource.GAP);
    }
    return true;
  }

  private boolean next() throws IOException {
    if (!parts.hasNext()) {
      return false;
    }
    Part next = parts.next();
    part = next;
    long begin = start + window.length();
    window.append(TextSource.heading(next));
    long from = start + window.length();
    stretches.add(new Stretch(next.id(), begin, from, from + next.length()));
    rest = next.length();
    reader = next.content().open();
    return true;
  }

  /** Length of the window. */
  int length() {
    return window.length();
  }

  /** The window's first {@code end} code units. */
  String head(int end) {
    return window.substring(0, end);
  }

  /** Whether a surrogate pair begins at {@code offset}. */
  boolean isPair(int offset) {
    return offset + 1 < window.length()
        && Character.isSurrogatePair(window.charAt(offset), window.charAt(offset + 1));
  }

  /**
   * The last occurrence of {@code separator} that ends at {@code end} or before: where it ends, or
   * -1.
   */
  int lastEnd(String separator, int end) {
    int at = window.lastIndexOf(separator, end - separator.length());
    return at < 0 ? -1 : at + separator.length();
  }

  /** The last beginning of a part at {@code end} or before, or -1. */
  int lastBoundary(int end) {
    Iterator<Stretch> backwards = stretches.descendingIterator();
    while (backwards.hasNext()) {
      long at = backwards.next().begin() - start;
      if (at >= 0 && at <= end) {
        return (int) at;
      }
    }
    return -1;
  }

  /** The parts' shares of the window's first {@code end} code units. */
  List<Segment> segments(int end) {
    List<Segment> segments = new ArrayList<>();
    for (Stretch stretch : stretches) {
      long from = Math.max(start, stretch.from());
      long to = Math.min(start + end, stretch.to());
      if (from < to) {
        Place place = new Place(stretch.part(), from - stretch.from(), to - stretch.from());
        segments.add(new Segment(place, (int) (from - start)));
      }
    }
    return segments;
  }

  /** Drops the window's first {@code count} code units. */
  void discard(int count) {
    window.delete(0, count);
    start += count;
    while (!stretches.isEmpty() && stretches.getFirst().to() <= start && stretches.size() > 1) {
      stretches.removeFirst();
    }
  }

  @Override
  public void close() {
    Reader open = reader;
    reader = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // The text has been read; nothing is lost by a failing close.
      }
    }
  }
}
