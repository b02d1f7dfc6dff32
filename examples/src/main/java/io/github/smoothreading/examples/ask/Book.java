package io.github.smoothreading.examples.ask;

import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.TextSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The built-in document: Moby-Dick, about 312,000 tokens, compressed on the class path. */
final class Book {
  static final String ID = "moby-dick.txt";

  /** Answered in chapter 81, behind token 190,000. */
  static final String QUESTION = "Who was the master of the ship Jungfrau?";

  private Book() {}

  static TextSource source() {
    try (Reader text = open()) {
      long length = text.transferTo(Writer.nullWriter());
      return TextSource.ofParts(List.of(new Part(ID, "", length, Book::open)));
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in book cannot be read: " + e.getMessage(), e);
    }
  }

  private static Reader open() throws IOException {
    InputStream packed = Book.class.getResourceAsStream(ID + ".gz");
    if (packed == null) {
      throw new FileNotFoundException(ID + ".gz is not on the class path");
    }
    return new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8);
  }
}
