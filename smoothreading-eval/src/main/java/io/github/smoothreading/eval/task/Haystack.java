package io.github.smoothreading.eval.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.text.TextEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Long texts, from which documents of a wanted length are cut.
 *
 * <p>The built-in one is Newton's <i>Opticks</i> and Twain's <i>Tom Sawyer</i>, about a quarter of
 * a million tokens; longer documents begin again.
 */
public final class Haystack {
  /** More than any English token of a usual vocabulary has on average. */
  private static final int CHARS_PER_TOKEN = 5;

  /** A document begins behind a line break where there is one so near, in characters. */
  private static final int REACH = 2000;

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?][\"')\\]]*\\s+");

  private final List<String> sources;
  private final TextEncoder encoder;
  private final int total;

  private Haystack(List<String> sources, TextEncoder encoder) {
    this.sources = sources.stream().filter(source -> !source.isBlank()).toList();
    this.encoder = encoder;
    this.total = this.sources.stream().mapToInt(String::length).sum();
    if (total == 0) {
      throw new IllegalArgumentException("the haystack has no text");
    }
  }

  /** The one that comes with this module. */
  public static Haystack builtIn(TextEncoder encoder) {
    return new Haystack(texts(Resources.lines("haystack-eval.jsonl.gz")), encoder);
  }

  /**
   * Text files in UTF-8, or JSON lines with a field {@code text}.
   *
   * @throws UncheckedIOException if one cannot be read
   */
  public static Haystack of(List<Path> files, TextEncoder encoder) {
    List<String> sources = new ArrayList<>();
    for (Path file : files) {
      if (file.getFileName().toString().contains(".jsonl")) {
        sources.addAll(texts(Resources.lines(file)));
      } else {
        try {
          sources.add(Files.readString(file));
        } catch (IOException e) {
          throw new UncheckedIOException(
              "'%s' cannot be read: %s".formatted(file, e.getMessage()), e);
        }
      }
    }
    return new Haystack(sources, encoder);
  }

  private static List<String> texts(List<JsonNode> rows) {
    return rows.stream().map(row -> row.path("text").asText()).toList();
  }

  /** Its length in characters: where {@link #cut} can begin. */
  int length() {
    return total;
  }

  /** Tokens of a text. */
  int tokens(String text) {
    return encoder.encode(text).ids().length;
  }

  TextEncoder encoder() {
    return encoder;
  }

  /**
   * At most {@code tokens} tokens of text from a character on, ending behind a sentence.
   *
   * @param start 0 to {@link #length()}
   */
  String cut(int tokens, int start) {
    if (tokens <= 0) {
      return "";
    }
    long wanted = (long) CHARS_PER_TOKEN * tokens + 1000;
    while (true) {
      String text = from(start, Math.toIntExact(wanted));
      int[] ends = encoder.encode(text).ends();
      if (ends.length > tokens) {
        return toSentence(text.substring(0, ends[tokens - 1]));
      }
      wanted *= 2;
    }
  }

  /**
   * Where a passage of the haystack begins.
   *
   * @throws IllegalArgumentException if it does not occur
   */
  int find(String passage) {
    int before = 0;
    for (String source : sources) {
      int at = source.indexOf(passage);
      if (at >= 0) {
        return before + at;
      }
      before += source.length();
    }
    throw new IllegalArgumentException("the haystack does not hold '%s'".formatted(passage));
  }

  private String from(int start, int length) {
    int at = 0;
    int offset = start;
    while (offset >= sources.get(at).length()) {
      offset -= sources.get(at).length();
      at = (at + 1) % sources.size();
    }
    int line = sources.get(at).indexOf('\n', offset);
    if (line >= 0 && line < offset + REACH) {
      offset = line + 1;
    }
    StringBuilder text = new StringBuilder(sources.get(at).substring(offset));
    while (text.length() < length) {
      at = (at + 1) % sources.size();
      text.append("\n\n").append(sources.get(at));
    }
    return text.substring(0, length).stripLeading();
  }

  private static String toSentence(String text) {
    List<Integer> ends = sentenceEnds(text);
    int last = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
    return last > text.length() / 2 ? text.substring(0, last) : text;
  }

  /** Places behind a sentence, where something else can stand. */
  static List<Integer> sentenceEnds(String text) {
    List<Integer> ends = new ArrayList<>();
    Matcher matcher = SENTENCE_END.matcher(text);
    while (matcher.find()) {
      ends.add(matcher.end());
    }
    return ends;
  }

  /**
   * {@code needle} as a sentence of its own, at the place behind a sentence nearest to {@code
   * depth} (0 to 1).
   */
  static String hide(String hay, String needle, double depth) {
    if (hay.isEmpty()) {
      return needle;
    }
    double wanted = depth * hay.length();
    int at = wanted < hay.length() - wanted ? 0 : hay.length();
    for (int end : sentenceEnds(hay)) {
      if (Math.abs(end - wanted) < Math.abs(at - wanted)) {
        at = end;
      }
    }
    return insert(hay, needle, at);
  }

  /** {@code needle} at a character of the text, with white space on either side. */
  static String insert(String hay, String needle, int at) {
    String before = at == 0 || Character.isWhitespace(hay.charAt(at - 1)) ? "" : " ";
    String after = at == hay.length() || needle.endsWith("\n") ? "" : " ";
    return hay.substring(0, at) + before + needle + after + hay.substring(at);
  }
}
