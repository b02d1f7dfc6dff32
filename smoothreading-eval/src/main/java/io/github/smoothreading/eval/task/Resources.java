package io.github.smoothreading.eval.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Lines of JSON, from the class path or from files, compressed or not. */
final class Resources {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Resources() {}

  /** The lines of a resource beside this class. */
  static List<JsonNode> lines(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not on the class path");
      }
      return lines(in, name);
    } catch (IOException e) {
      throw new UncheckedIOException("'%s' cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** The lines of a file. */
  static List<JsonNode> lines(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return lines(in, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("'%s' cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static List<JsonNode> lines(InputStream in, String name) throws IOException {
    InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    List<JsonNode> nodes = new ArrayList<>();
    String line;
    for (int number = 1; (line = reader.readLine()) != null; number++) {
      if (line.isBlank()) {
        continue;
      }
      try {
        nodes.add(MAPPER.readTree(line));
      } catch (IOException e) {
        throw new IOException("line %d is not JSON: %s".formatted(number, e.getMessage()), e);
      }
    }
    return nodes;
  }

  /** A string, or each string of a list. */
  static List<String> strings(JsonNode node) {
    List<String> all = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(each -> all.add(each.asText()));
    } else if (!node.isMissingNode() && !node.isNull()) {
      all.add(node.asText());
    }
    return all;
  }
}
