package io.github.smoothreading.examples.ask;

import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.TextSource;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files as sources. */
final class Sources {
  private Sources() {}

  /** The files as one source, read in this order; the built-in book if there is none. */
  static TextSource of(List<Path> files, Charset charset) {
    if (files.isEmpty()) {
      return Book.source();
    }
    if (files.size() == 1) {
      return TextSource.of(files.get(0), charset);
    }
    List<Part> parts = new ArrayList<>();
    for (Path file : files) {
      Part part = TextSource.of(file, charset).parts().get(0);
      // The path as given, since two folders may hold files of one name.
      parts.add(new Part(file.toString(), part.header(), part.length(), part.content()));
    }
    return TextSource.ofParts(parts);
  }
}
