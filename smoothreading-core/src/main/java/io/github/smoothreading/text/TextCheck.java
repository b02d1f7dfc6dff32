package io.github.smoothreading.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** One pass over a file: is it a text, and how long is it? */
final class TextCheck {
  private static final int BLOCK = 1 << 16;

  /** Above one control character in so many characters, a file is taken for binary. */
  private static final int CHARACTERS_PER_CONTROL = 20;

  /** First bytes, read as ISO 8859-1, of files that are often mistaken for text. */
  private static final Map<String, String> KINDS =
      Map.of(
          "%PDF",
              "a PDF file: extract its text first, for instance with Apache PDFBox or pdftotext",
          "PK\3\4",
              "a ZIP or Office file (docx, epub, ...): extract its text first, for instance with"
                  + " Apache Tika",
          "\u00D0\u00CF\u0011\u00E0",
              "an old Office file: extract its text first, for instance with Apache Tika",
          "\u001F\u008B", "compressed with gzip: uncompress it first",
          "\u00FF\u00FE", "UTF-16: use TextSource.of(file, StandardCharsets.UTF_16)",
          "\u00FE\u00FF", "UTF-16: use TextSource.of(file, StandardCharsets.UTF_16)");

  private final Path file;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final CharBuffer decoded = CharBuffer.allocate(BLOCK);
  private String head = "";
  private long length;
  private boolean byteOrderMark;
  private long controls;
  private String firstControl = "";

  TextCheck(Path file, Charset charset) {
    this.file = file;
    this.charset = charset;
    this.decoder = TextFile.strict(charset);
  }

  /**
   * The text's length in UTF-16 code units, without a byte order mark.
   *
   * @throws UncheckedIOException if it is no text in this charset
   */
  long length(InputStream in) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
    long before = 0; // bytes of the file in front of the buffer
    boolean end;
    do {
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      end = count < 0;
      bytes.position(bytes.position() + Math.max(count, 0)).flip();
      if (before == 0 && head.isEmpty()) {
        head =
            new String(bytes.array(), 0, Math.min(4, bytes.limit()), StandardCharsets.ISO_8859_1);
      }
      decode(bytes, before, end);
      before += bytes.position();
      bytes.compact();
    } while (!end);
    decoder.flush(decoded);
    scan(before);
    if (controls * CHARACTERS_PER_CONTROL > length) {
      throw noText(
          "%d of its %d characters are control characters, the first at %s"
              .formatted(controls, length, firstControl));
    }
    return length - (byteOrderMark ? 1 : 0);
  }

  private void decode(ByteBuffer bytes, long before, boolean end) {
    CoderResult result;
    do {
      long from = before + bytes.position();
      result = decoder.decode(bytes, decoded, end);
      if (result.isError()) {
        scan(from);
        throw notInCharset(before + bytes.position(), bytes.get(bytes.position()), result.length());
      }
      scan(from);
    } while (result.isOverflow());
  }

  /** Looks at what was decoded from byte {@code from} on, and empties the buffer. */
  private void scan(long from) {
    char[] chars = decoded.array();
    int count = decoded.position();
    if (length == 0 && count > 0) {
      byteOrderMark = chars[0] == TextFile.BYTE_ORDER_MARK;
    }
    for (int i = 0; i < count; i++) {
      char c = chars[i];
      if (c < ' ' && !common(c)) {
        if (c == 0) {
          throw noText("it has a NUL at " + place(chars, i, from));
        }
        if (controls++ == 0) {
          firstControl = place(chars, i, from);
        }
      }
    }
    length += count;
    decoded.clear();
  }

  /**
   * Control characters that texts have: layout, and what terminals and old systems leave behind.
   */
  private static boolean common(char c) {
    return (c >= '\b' && c <= '\r') || c == 0x1A || c == 0x1B;
  }

  private String place(char[] chars, int index, long from) {
    return charset.equals(StandardCharsets.UTF_8)
        ? "byte " + (from + new String(chars, 0, index).getBytes(charset).length)
        : "character " + (length + index);
  }

  private UncheckedIOException noText(String why) {
    return new UncheckedIOException(
        "'%s' is no text: %s. %s"
            .formatted(
                file,
                why,
                hint("If it is a text in another charset, name it: TextSource.of(file, charset)")),
        new CharacterCodingException());
  }

  private UncheckedIOException notInCharset(long offset, byte value, int count) {
    String other =
        charset.equals(StandardCharsets.UTF_8)
            ? "If it is an older text, name its charset: TextSource.of(file,"
                + " Charset.forName(\"windows-1252\"))"
            : "Is %s the right charset?".formatted(charset);
    return new UncheckedIOException(
        "'%s' is not %s: byte 0x%02X at byte %d starts no character. %s"
            .formatted(file, charset, value, offset, hint(other)),
        new MalformedInputException(count));
  }

  private String hint(String otherwise) {
    return KINDS.entrySet().stream()
        .filter(kind -> head.startsWith(kind.getKey()))
        .map(kind -> "It looks like " + kind.getValue())
        .findFirst()
        .orElse(otherwise);
  }
}
