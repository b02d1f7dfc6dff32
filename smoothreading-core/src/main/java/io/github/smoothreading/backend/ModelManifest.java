package io.github.smoothreading.backend;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a model, as its {@code manifest.json} lists them.
 *
 * @param name of the model; names the folder, so it is a plain name too
 * @param hash identifies this very manifest
 * @param entries the files
 */
record ModelManifest(String name, String hash, List<Entry> entries) {
  private static final String PLAIN_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";

  /** One file: plain name, length in bytes, SHA-256 in lower-case hexadecimal digits. */
  record Entry(String name, long size, String sha256) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Json(@Nullable List<JsonFile> files) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record JsonFile(@Nullable String name, long size, @Nullable String sha256) {}

  /**
   * Reads {@code manifest.json}.
   *
   * @throws IOException if it is no manifest; the message says why
   */
  static ModelManifest parse(String name, byte[] bytes) throws IOException {
    Json json = new ObjectMapper().readValue(bytes, Json.class);
    List<JsonFile> files = json.files;
    if (files == null || files.isEmpty()) {
      throw new IOException("it lists no files");
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonFile file : files) {
      String sha256 = file.sha256;
      if (file.size < 0 || sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
        throw new IOException(
            "file '%s' needs a size and a SHA-256 of 64 hexadecimal digits, not %d and '%s'"
                .formatted(file.name, file.size, sha256));
      }
      entries.add(new Entry(plain(file.name), file.size, sha256));
    }
    String hash = HexFormat.of().formatHex(sha256().digest(bytes), 0, 8);
    return new ModelManifest(plain(name), hash, List.copyOf(entries));
  }

  /** Bytes of all files. */
  long size() {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Names become names of files: nothing in them may lead elsewhere. */
  private static String plain(@Nullable String name) throws IOException {
    if (name == null || !name.matches(PLAIN_NAME)) {
      throw new IOException("the name '%s' is not a plain file name".formatted(name));
    }
    return name;
  }
}
