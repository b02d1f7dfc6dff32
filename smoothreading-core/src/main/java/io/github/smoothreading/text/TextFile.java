package io.github.smoothreading.text;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Text files as parts. */
final class TextFile {
  static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextFile() {}

  /** Checks and measures {@code file}. */
  static Part part(Path file, Charset charset) {
    requireReadable(file);
    try (InputStream in = Files.newInputStream(file)) {
      long length = new TextCheck(file, charset).length(in);
      if (length == 0) {
        throw new UncheckedIOException(
            "'%s' is empty: there is no text to read".formatted(file),
            new EOFException(file.toString()));
      }
      Path name = file.getFileName();
      String id = name == null ? file.toString() : name.toString();
      return new Part(id, "", length, () -> open(file, charset));
    } catch (IOException e) {
      throw new UncheckedIOException("'%s' cannot be read: %s".formatted(file, e), e);
    }
  }

  static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static Reader open(Path file, Charset charset) throws IOException {
    // Closing the reader closes the stream.
    PushbackReader reader =
        new PushbackReader(new InputStreamReader(Files.newInputStream(file), strict(charset)));
    int first = reader.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      reader.unread(first);
    }
    return reader;
  }

  private static void requireReadable(Path file) {
    String name = file.toString();
    if (Files.notExists(file)) {
      throw new UncheckedIOException(
          "'%s' does not exist (looked for %s); check the path"
              .formatted(file, file.toAbsolutePath()),
          new NoSuchFileException(name));
    }
    if (Files.isDirectory(file)) {
      throw new UncheckedIOException(
          "'%s' is a directory; give a text file, or one part per file with TextSource.ofParts"
              .formatted(file),
          new FileSystemException(name));
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UncheckedIOException(
          "'%s' is a pipe or a device, and a text is gone through more than once; save it to a file first"
              .formatted(file),
          new FileSystemException(name));
    }
    if (!Files.isReadable(file)) {
      throw new UncheckedIOException(
          "'%s' may not be read by this user; check the permissions of the file and its folders"
              .formatted(file),
          new AccessDeniedException(name));
    }
  }
}
