package io.github.smoothreading.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeparatorChunkerTest {
  private static final Chunker CHUNKER = Chunker.bySeparators();

  private final FakeEncoder encoder = new FakeEncoder();

  @ParameterizedTest(name = "seeds from {0}")
  @ValueSource(longs = {0, 1000, 2000, 3000})
  void randomTexts(long firstSeed) throws IOException {
    for (long seed = firstSeed; seed < firstSeed + 100; seed++) {
      Random random = new Random(seed);
      String text = RandomTexts.text(random, 1 + random.nextInt(3000));
      check(seed, TextSource.of(text), 16 + random.nextInt(80));
    }
  }

  @ParameterizedTest(name = "seeds from {0}")
  @ValueSource(longs = {10_000, 11_000})
  void randomParts(long firstSeed) throws IOException {
    for (long seed = firstSeed; seed < firstSeed + 100; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(60);
      int longest = random.nextBoolean() ? 4 : 300;
      check(
          seed,
          TextSource.ofParts(RandomTexts.parts(random, count, longest)),
          16 + random.nextInt(80));
    }
  }

  @Test
  void thousandsOfPartsOfOneCharacter() throws IOException {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      parts.add(RandomTexts.part("p" + i, "", i % 7 == 0 ? "\n" : "x"));
    }
    check(-1, TextSource.ofParts(parts), 64);
  }

  /** All properties of one source. */
  private void check(long seed, TextSource source, int maxTokens) throws IOException {
    String text = join(source);
    List<Chunk> chunks = all(source, maxTokens, 0, 0);

    assertThat(text(chunks)).as("joined chunks, seed %d", seed).isEqualTo(text);
    assertThat((long) text.length()).as("seed %d", seed).isEqualTo(source.runningLength());
    assertThat(texts(chunks))
        .as("chunks by the plain rule, seed %d", seed)
        .isEqualTo(new SlowChunker(text, boundaries(source), encoder, maxTokens).chunks());

    long start = 0;
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      String name = "chunk %d, seed %d".formatted(i, seed);
      assertThat(chunk.index()).as(name).isEqualTo(i);
      assertThat(chunk.start()).as(name).isEqualTo(start);
      assertThat(chunk.ids())
          .as(name)
          .isEqualTo(encoder.encode(SeparatorChunker.wellFormed(chunk.text())).ids())
          .hasSizeBetween(1, maxTokens);
      assertThat(chunk.last()).as(name).isEqualTo(i == chunks.size() - 1);
      assertThat(chunk.end() < text.length() && insidePair(text, (int) chunk.end()))
          .as(name)
          .isFalse();
      start = chunk.end();
    }
    segmentsCoverEachPartOnce(seed, source, chunks);
    resumesAnywhere(seed, source, chunks, maxTokens);
  }

  private static void segmentsCoverEachPartOnce(long seed, TextSource source, List<Chunk> chunks)
      throws IOException {
    Map<String, StringBuilder> read = new HashMap<>();
    for (Chunk chunk : chunks) {
      int end = 0;
      for (Segment segment : chunk.segments()) {
        StringBuilder part =
            read.computeIfAbsent(segment.place().part(), id -> new StringBuilder());
        assertThat(segment.place().start())
            .as("seed %d, %s", seed, segment)
            .isEqualTo(part.length());
        assertThat(segment.offset()).as("seed %d, %s", seed, segment).isGreaterThanOrEqualTo(end);
        end = segment.end();
        part.append(chunk.text(), segment.offset(), end);
      }
    }
    for (Part part : source.parts()) {
      assertThat(read.getOrDefault(part.id(), new StringBuilder()).toString())
          .as("part %s, seed %d", part.id(), seed)
          .isEqualTo(content(part));
    }
  }

  private void resumesAnywhere(long seed, TextSource source, List<Chunk> chunks, int maxTokens) {
    Random random = new Random(seed);
    for (int i = 0; i < Math.min(5, chunks.size()); i++) {
      int from = random.nextInt(chunks.size());
      assertThat(key(all(source, maxTokens, chunks.get(from).end(), from + 1)))
          .as("resumed after chunk %d, seed %d", from, seed)
          .isEqualTo(key(chunks.subList(from + 1, chunks.size())));
    }
  }

  @Test
  void paragraphsOfWindowsFilesAreParagraphs() {
    String lines = "One line of a paragraph.\r\nAnother line of it.\r\n";
    TextSource source = TextSource.of(lines.repeat(3) + "\r\n" + lines.repeat(9));
    assertThat(all(source, 120, 0, 0).get(0).text()).isEqualTo(lines.repeat(3) + "\r\n");
  }

  @Test
  void headersAndGapsBelongToNoPart() {
    TextSource source =
        TextSource.ofParts(
            List.of(
                RandomTexts.part("a", "First", "One."),
                RandomTexts.part("b", "", "Two."),
                RandomTexts.part("c", "Third\n", "Three.")));
    Chunk chunk = all(source, 100, 0, 0).get(0);
    assertThat(chunk.text()).isEqualTo("First\nOne.\n\nTwo.\n\nThird\nThree.");
    assertThat(chunk.segments())
        .containsExactly(
            new Segment(new Place("a", 0, 4), 6),
            new Segment(new Place("b", 0, 4), 12),
            new Segment(new Place("c", 0, 6), 24));
    assertThat(chunk.last()).isTrue();
    assertThat(source.length()).isEqualTo(14);
  }

  @Test
  void aPartBoundaryIsTheCoarsestCut() {
    String words = "ab cd ef gh ij kl ";
    TextSource source =
        TextSource.ofParts(
            List.of(
                RandomTexts.part("a", "", words.repeat(2)),
                RandomTexts.part("b", "Title", "xy\n\n\n" + words.repeat(3))));
    List<Chunk> chunks = all(source, 32, 0, 0);
    assertThat(chunks.get(0).text()).isEqualTo(words.repeat(2) + "\n\n");
    assertThat(chunks.get(1).text()).startsWith("Title\nxy\n\n\n");
  }

  @Test
  void theTokenizerWorkStaysSmall() {
    StringBuilder text = new StringBuilder();
    Random random = new Random(5);
    while (text.length() < 300_000) {
      text.append("This is an ordinary line about number ")
          .append(random.nextInt(100))
          .append(". ");
      text.append(random.nextInt(6) == 0 ? "\n\n" : "");
    }
    long[] encoded = new long[1];
    TextEncoder fourCharacters =
        piece -> {
          encoded[0] += piece.length();
          int[] ends = IntStream.rangeClosed(1, (piece.length() + 3) / 4).map(i -> 4 * i).toArray();
          return new TextEncoder.Encoding(ends, ends);
        };
    CHUNKER.cut(TextSource.of(text), fourCharacters, 1024).forEachRemaining(chunk -> {});
    assertThat(encoded[0]).isLessThan(3L * text.length());
  }

  @Test
  void refusesWhatCannotBeRight() {
    TextSource source = TextSource.of("Hello.");
    assertThatThrownBy(() -> CHUNKER.cut(source, encoder, 15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15")
        .hasMessageContaining("16");
    assertThatThrownBy(() -> CHUNKER.cut(source, encoder, 16, 7, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start 7");
    assertThat(all(source, 16, 6, 3)).isEmpty();
  }

  @Test
  void aTokenizerThatNeedsTooManyTokensForACharacterEndsInAnError() {
    TextEncoder greedy =
        text -> new TextEncoder.Encoding(new int[text.length() * 20], ends(text.length()));
    assertThatThrownBy(() -> CHUNKER.cut(TextSource.of("Hello"), greedy, 16).next())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("single character 'H'");
  }

  private static int[] ends(int length) {
    int[] ends = new int[length * 20];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = i / 20 + 1;
    }
    return ends;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 12})
  void aPartThatIsNotAsLongAsAnnouncedEndsInAnError(int announced) {
    Part part = new Part("notes", "", announced, () -> new StringReader("Hello."));
    Chunker.Chunks chunks = CHUNKER.cut(TextSource.ofParts(List.of(part)), encoder, 16);
    assertThatThrownBy(chunks::next)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("'notes'")
        .hasMessageContaining(announced + " UTF-16");
  }

  @Test
  void closedChunksGiveNothing() {
    Chunker.Chunks chunks = CHUNKER.cut(TextSource.of("Hello. ".repeat(100)), encoder, 16);
    chunks.next();
    chunks.close();
    assertThat(chunks.hasNext()).isFalse();
  }

  private List<Chunk> all(TextSource source, int maxTokens, long start, int index) {
    List<Chunk> list = new ArrayList<>();
    try (Chunker.Chunks chunks = CHUNKER.cut(source, encoder, maxTokens, start, index)) {
      chunks.forEachRemaining(list::add);
    }
    return list;
  }

  /** The running text, as the documentation of TextSource has it. */
  private static String join(TextSource source) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Part part : source.parts()) {
      texts.add(heading(part) + content(part));
    }
    return String.join("\n\n", texts);
  }

  private static Set<Integer> boundaries(TextSource source) {
    Set<Integer> boundaries = new HashSet<>();
    int at = 0;
    for (Part part : source.parts()) {
      boundaries.add(at);
      at += heading(part).length() + (int) part.length() + 2;
    }
    return boundaries;
  }

  private static String heading(Part part) {
    return part.header().isEmpty() ? "" : part.header().stripTrailing() + "\n";
  }

  private static String content(Part part) throws IOException {
    StringBuilder text = new StringBuilder();
    try (var reader = part.content().open()) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  private static boolean insidePair(String text, int at) {
    return Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  private static String text(List<Chunk> chunks) {
    return String.join("", texts(chunks));
  }

  private static List<String> texts(List<Chunk> chunks) {
    return chunks.stream().map(Chunk::text).toList();
  }

  /** Everything of chunks but the identity of their arrays. */
  private static List<String> key(List<Chunk> chunks) {
    return chunks.stream()
        .map(c -> c.index() + " " + c.start() + " " + c.last() + " " + c.segments() + c.text())
        .collect(Collectors.toList());
  }
}
