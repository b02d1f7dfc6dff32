package io.github.smoothreading.text;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is read: one text, or several in order.
 *
 * <p>Texts are streamed: a source knows their lengths and how to open them, and holds none that
 * lies in a file. A source can be read any number of times.
 *
 * <p>The model sees the parts as one <em>running text</em>: each part's header (if it has one, on a
 * line of its own) and text, with an empty line between two parts. {@link Chunk#start()} counts in
 * the running text; places, lengths and coverage count in the parts' own texts.
 */
public final class TextSource {
  /** What stands between two parts of the running text. */
  static final String GAP = "\n\n";

  private final List<Part> parts;
  private final long length;
  private final long runningLength;

  private TextSource(List<Part> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("the source has no parts; give at least one with text");
    }
    Set<String> ids = new HashSet<>();
    long sum = 0;
    long running = (long) GAP.length() * (parts.size() - 1);
    for (Part part : parts) {
      if (!ids.add(part.id())) {
        throw new IllegalArgumentException(
            "two parts have the id '%s'; ids name the parts in citations, so each has to differ"
                .formatted(part.id()));
      }
      sum += part.length();
      running += heading(part).length() + part.length();
    }
    if (sum == 0) {
      throw new IllegalArgumentException("the source is empty: there is no text to read");
    }
    this.parts = List.copyOf(parts);
    this.length = sum;
    this.runningLength = running;
  }

  /**
   * A text file in UTF-8, whose name becomes the part's id. A byte order mark is skipped.
   *
   * <p>The file is gone through once at once, to check it and to learn its length.
   *
   * @throws java.io.UncheckedIOException if the file is missing, unreadable, empty, binary or not
   *     UTF-8; the message names the file, the byte and what to do
   */
  public static TextSource of(Path file) {
    return of(file, StandardCharsets.UTF_8);
  }

  /** The same for a file in another charset. */
  public static TextSource of(Path file, Charset charset) {
    return new TextSource(List.of(TextFile.part(file, charset)));
  }

  /** A text in memory; its part has the id {@code "text"}. */
  public static TextSource of(CharSequence text) {
    return of("text", text);
  }

  /** A text in memory. */
  public static TextSource of(String id, CharSequence text) {
    String copy = text.toString();
    return new TextSource(List.of(new Part(id, "", copy.length(), () -> new StringReader(copy))));
  }

  /**
   * Several texts, read in this order.
   *
   * @throws IllegalArgumentException if two have the same id, or none has any text
   */
  public static TextSource ofParts(Iterable<Part> parts) {
    List<Part> list = new ArrayList<>();
    parts.forEach(list::add);
    return new TextSource(list);
  }

  /** The parts, in reading order. */
  public List<Part> parts() {
    return parts;
  }

  /** Length of all parts' texts in UTF-16 code units; headers do not count. */
  public long length() {
    return length;
  }

  /**
   * Length of the running text in UTF-16 code units, headers and empty lines between parts
   * included.
   */
  public long runningLength() {
    return runningLength;
  }

  /** A part's header as it stands in the running text. */
  static String heading(Part part) {
    String header = part.header();
    return header.isEmpty() || header.endsWith("\n") ? header : header + "\n";
  }

  @Override
  public String toString() {
    String first = parts.get(0).id();
    return parts.size() == 1
        ? "'%s' (%d characters)".formatted(first, length)
        : "%d parts from '%s' on (%d characters)".formatted(parts.size(), first, length);
  }
}
