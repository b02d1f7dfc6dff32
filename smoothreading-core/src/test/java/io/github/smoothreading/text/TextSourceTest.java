package io.github.smoothreading.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourceTest {
  @TempDir Path folder;

  @Test
  void aFileIsOnePartNamedAfterIt() throws IOException {
    String text = "Zo\u00EB met \uD83D\uDE00.\r\nThe end.\n".repeat(20_000);
    TextSource source = TextSource.of(Files.writeString(folder.resolve("notes.txt"), text));
    assertThat(source.length()).isEqualTo(text.length());
    assertThat(source.parts()).singleElement().extracting(Part::id).isEqualTo("notes.txt");
    assertThat(read(source)).isEqualTo(text);
    assertThat(read(source)).as("a second time").isEqualTo(text);
  }

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    TextSource source = TextSource.of(file("\uFEFFHello".getBytes(StandardCharsets.UTF_8)));
    assertThat(source.length()).isEqualTo(5);
    assertThat(read(source)).isEqualTo("Hello");
  }

  @Test
  void otherCharsets() throws IOException {
    Charset windows = Charset.forName("windows-1252");
    assertThat(read(TextSource.of(file("caf\u00E9 \u20AC".getBytes(windows)), windows)))
        .isEqualTo("caf\u00E9 \u20AC");
    for (String name : List.of("UTF-16", "UTF-16LE", "UTF-16BE")) {
      Charset charset = Charset.forName(name);
      String text = name.equals("UTF-16") ? "Zo\u00EB" : "\uFEFFZo\u00EB";
      TextSource source = TextSource.of(file(text.getBytes(charset)), charset);
      assertThat(read(source)).as(name).isEqualTo("Zo\u00EB");
      assertThat(source.length()).as(name).isEqualTo(3);
    }
  }

  @Test
  void charactersAcrossBlocksAreRead() throws IOException {
    for (int shift = 0; shift < 4; shift++) {
      String text = "x".repeat(65_536 - shift) + "\uD83D\uDE00".repeat(40_000);
      TextSource source = TextSource.of(file(text.getBytes(StandardCharsets.UTF_8)));
      assertThat(source.length()).isEqualTo(text.length());
      assertThat(read(source).equals(text)).isTrue();
    }
  }

  @Test
  void missingFileAndFolder() {
    assertThatThrownBy(() -> TextSource.of(Path.of("no-such.txt")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("'no-such.txt' does not exist")
        .hasMessageContaining(Path.of("no-such.txt").toAbsolutePath().toString())
        .hasCauseInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> TextSource.of(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("directory");
  }

  @Test
  void emptyFiles() throws IOException {
    error(file(new byte[0])).hasMessageContaining("is empty");
    error(file(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}))
        .hasMessageContaining("is empty");
  }

  @Test
  void filesThatAreNotUtf8NameTheByte() throws IOException {
    byte[] latin = ("\u20AC".repeat(30_000) + "caf").getBytes(StandardCharsets.UTF_8);
    byte[] bytes = java.util.Arrays.copyOf(latin, latin.length + 2);
    bytes[latin.length] = (byte) 0xE9;
    bytes[latin.length + 1] = ' ';
    error(file(bytes))
        .hasMessageContaining("byte 0xE9 at byte 90003")
        .hasMessageContaining("TextSource.of(file, Charset.forName(")
        .hasCauseInstanceOf(MalformedInputException.class);
    error(file(new byte[] {'a', (byte) 0xC3})).hasMessageContaining("byte 0xC3 at byte 1");
    error(file("\uFEFFHi".getBytes(StandardCharsets.UTF_16LE)))
        .hasMessageContaining("StandardCharsets.UTF_16");
  }

  @Test
  void binaryFilesNameTheByteAndWhatToDo() throws IOException {
    error(file("\u00E9\u00E9x\0y".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("NUL at byte 5");
    error(file("%PDF-1.7\n\0".getBytes(StandardCharsets.UTF_8))).hasMessageContaining("a PDF file");
    error(file("PK\3\4\0".getBytes(StandardCharsets.UTF_8))).hasMessageContaining("docx");
    error(file("a\1b\2c\3".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("3 of its 6 characters are control characters, the first at byte 1");
  }

  @Test
  void aFewControlCharactersAreFine() throws IOException {
    String text = "\u001B[1mBold\u001B[0m\tand\fa page.\u0007 ".repeat(3) + "\u001A";
    assertThat(read(TextSource.of(file(text.getBytes(StandardCharsets.UTF_8))))).isEqualTo(text);
  }

  @Test
  void aFileThatChangesIsNoticed() throws IOException {
    Path file = file("Hello.".getBytes(StandardCharsets.UTF_8));
    TextSource source = TextSource.of(file);
    Files.writeString(file, "Hello, world.");
    assertThatThrownBy(() -> Chunker.bySeparators().cut(source, new FakeEncoder(), 16).next())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("longer than the 6 UTF-16 code units announced");
    Files.delete(file);
    assertThatThrownBy(() -> Chunker.bySeparators().cut(source, new FakeEncoder(), 16).next())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.getFileName().toString());
  }

  @Test
  void emptyAndAmbiguousSources() {
    assertThatThrownBy(() -> TextSource.of(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> TextSource.ofParts(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no parts");
    Part part = RandomTexts.part("a", "Title", "");
    assertThatThrownBy(() -> TextSource.ofParts(List.of(part)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> TextSource.ofParts(List.of(part, part)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
  }

  @Test
  void aTextInMemoryIsCopied() throws IOException {
    StringBuilder text = new StringBuilder("before");
    TextSource source = TextSource.of("memo", text);
    text.setLength(0);
    assertThat(read(source)).isEqualTo("before");
    assertThat(source).hasToString("'memo' (6 characters)");
  }

  @Test
  void randomBytesNeverFailInAnotherWay() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[1 + random.nextInt(40)];
      random.nextBytes(bytes);
      String strict = new String(bytes, StandardCharsets.UTF_8);
      try {
        assertThat(read(TextSource.of(file(bytes)))).as("seed %d", seed).isEqualTo(strict);
      } catch (UncheckedIOException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("text-");
      }
    }
  }

  private AbstractThrowableAssert<?, ?> error(Path file) {
    return assertThatThrownBy(() -> TextSource.of(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "text-", ".txt"), bytes);
  }

  private static String read(TextSource source) throws IOException {
    StringWriter text = new StringWriter();
    try (var reader = source.parts().get(0).content().open()) {
      reader.transferTo(text);
    }
    return text.toString();
  }
}
