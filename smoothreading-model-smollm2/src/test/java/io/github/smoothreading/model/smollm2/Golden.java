package io.github.smoothreading.model.smollm2;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** A golden file of chunks and ids, written by training/make_chunk_goldens.py; see there. */
record Golden(
    int limit,
    List<GoldenPart> parts,
    String question,
    List<String> clues,
    String answer,
    List<GoldenChunk> chunks,
    int[] stream) {
  record GoldenPart(String header, String text) {}

  record GoldenChunk(String text, int[] ids) {}

  static Golden read(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/goldens/chunks/" + name + ".json")) {
      return new ObjectMapper().readValue(in, Golden.class);
    }
  }

  TextSource source() {
    List<Part> list = new ArrayList<>();
    for (GoldenPart part : parts) {
      String text = part.text();
      list.add(
          new Part("p" + list.size(), part.header(), text.length(), () -> new StringReader(text)));
    }
    return TextSource.ofParts(list);
  }
}
