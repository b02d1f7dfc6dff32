package io.github.smoothreading.backend;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar, or a folder of classes, with a class and a model's files beside it, made for a test. */
final class ModelJar implements AutoCloseable {
  static final String NAME = "tiny";

  /** The class that the files lie beside. */
  static final class Anchor {}

  /** The files in the jar, without the manifest. */
  final Map<String, byte[]> files = new TreeMap<>();

  private final Path place;
  private String manifest = "";
  private URLClassLoader loader;

  /** A model of two files that is to be written to {@code place}. */
  ModelJar(Path place) {
    this.place = place;
    files.put("config.json", "{\"layers\": 2}".getBytes(StandardCharsets.UTF_8));
    byte[] weights = new byte[3_000_000];
    new java.util.Random(1).nextBytes(weights);
    files.put("model.safetensors", weights);
    manifest(0, "");
  }

  /** Lists the files as they are now, each longer by {@code lie} bytes than it is. */
  ModelJar manifest(long lie, String comment) {
    StringBuilder json = new StringBuilder("{\"comment\": \"" + comment + "\", \"files\": [");
    String comma = "";
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String sha256 = HexFormat.of().formatHex(ModelManifest.sha256().digest(file.getValue()));
      json.append(comma)
          .append("{\"name\": \"%s\", ".formatted(file.getKey()))
          .append(
              "\"size\": %d, \"sha256\": \"%s\"}".formatted(file.getValue().length + lie, sha256));
      comma = ", ";
    }
    return manifest(json + "]}");
  }

  ModelJar manifest(String json) {
    manifest = json;
    return this;
  }

  /** Writes a jar. */
  ResourceModel jar() throws Exception {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(place))) {
      for (Map.Entry<String, byte[]> entry : entries().entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return model();
  }

  /** Writes a folder of classes. */
  ResourceModel classes() throws Exception {
    for (Map.Entry<String, byte[]> entry : entries().entrySet()) {
      Path file = place.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
    return model();
  }

  /** The model in what was written before. */
  ResourceModel model() throws Exception {
    close();
    loader = new URLClassLoader(new URL[] {place.toUri().toURL()}, null);
    return new ResourceModel(NAME, loader.loadClass(Anchor.class.getName()), "");
  }

  private Map<String, byte[]> entries() throws IOException {
    String type = Anchor.class.getName().replace('.', '/');
    String folder = type.substring(0, type.lastIndexOf('/') + 1);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (InputStream in = ModelJar.class.getResourceAsStream("/" + type + ".class")) {
      entries.put(type + ".class", in.readAllBytes());
    }
    if (!manifest.isEmpty()) {
      entries.put(folder + "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    }
    files.forEach((name, content) -> entries.put(folder + name, content));
    return entries;
  }

  @Override
  public void close() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }
}
