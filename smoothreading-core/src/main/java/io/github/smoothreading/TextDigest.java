package io.github.smoothreading;

import io.github.smoothreading.text.Part;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Running SHA-256 over the text read so far, by which a checkpoint knows its source. */
final class TextDigest {
  private final MessageDigest sha;
  private String part = "";

  TextDigest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }

  void add(String id, CharSequence text, int start, int end) {
    if (!id.equals(part)) {
      sha.update(id.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      part = id;
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * (end - start));
    bytes.asCharBuffer().put(CharBuffer.wrap(text, start, end));
    sha.update(bytes);
  }

  /** The first {@code chars} UTF-16 code units of a part. */
  void add(Part from, long chars) throws IOException {
    char[] buffer = new char[1 << 14];
    long left = chars;
    try (Reader in = from.content().open()) {
      while (left > 0) {
        int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (got < 0) {
          return;
        }
        add(from.id(), CharBuffer.wrap(buffer), 0, got);
        left -= got;
      }
    }
  }

  String hex() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) sha.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java runtime's SHA-256 cannot be copied", e);
    }
  }
}
