package io.github.smoothreading.text;

import java.io.IOException;
import java.io.Reader;
import java.util.Objects;

/**
 * One text of a {@link TextSource}: a document, or a passage behind a search hit.
 *
 * @param id how places in this part name it; unique in its source
 * @param header text shown to the model in front of the part (a title, a date); may be empty, is
 *     never cited
 * @param length length in UTF-16 code units
 * @param content opens the text from its beginning; may be called several times
 */
public record Part(String id, String header, long length, Content content) {
  public Part {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(content, "content");
    if (length < 0) {
      throw new IllegalArgumentException(
          "length %d of part '%s' is negative".formatted(length, id));
    }
  }

  /** Opens a part's text. */
  @FunctionalInterface
  public interface Content {
    /** A fresh reader from the part's beginning; the caller closes it. */
    Reader open() throws IOException;
  }
}
