package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * RWKV's World tokenizer: from left to right, always the longest token that the UTF-8 bytes of the
 * text begin with.
 *
 * <p>Every single byte is a token, so every text has ids, and they decode to the same bytes. A lone
 * surrogate, which no UTF-8 can hold, is encoded as U+FFFD.
 *
 * <p>Few ids are free: 0, which ends a text, and those behind the last token. A protocol that needs
 * more takes tokens out: what they stood for is then encoded by shorter ones, so no text can hold
 * them.
 */
final class WorldTokenizer implements ModelTokenizer {
  static final String FILE = "rwkv_vocab_v20230424.txt";

  /** As many as a protocol needs. */
  private static final int RESERVED = 11;

  private final ByteTrie trie;
  private final byte[][] tokens;
  private final int vocabulary;
  private final BitSet reserved = new BitSet();

  private WorldTokenizer(byte[][] tokens, int vocabulary) {
    this.tokens = tokens;
    this.vocabulary = vocabulary;
    this.trie = ByteTrie.of(tokens);
  }

  /** Reads lines of id, token as a Python literal, and number of bytes. */
  static WorldTokenizer open(Path file, int vocabulary) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new BackendException("%s cannot be read: %s".formatted(file, e), e);
    }
    byte[][] tokens = new byte[lines.size() + 1][];
    tokens[0] = new byte[0];
    BitSet single = new BitSet(256);
    for (int i = 1; i < tokens.length; i++) {
      tokens[i] = token(file, lines.get(i - 1), i);
      if (tokens[i].length == 1) {
        single.set(tokens[i][0] & 0xff);
      }
    }
    if (tokens.length > vocabulary || single.cardinality() != 256) {
      throw new BackendException(
          "%s holds %,d tokens, %d of them single bytes, for a model of %,d; do the two belong together?"
              .formatted(file, tokens.length - 1, single.cardinality(), vocabulary));
    }
    return new WorldTokenizer(tokens, vocabulary);
  }

  private static byte[] token(Path file, String line, int id) {
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    try {
      if (first > 0 && last > first && Integer.parseInt(line.substring(0, first)) == id) {
        byte[] token = PythonLiteral.bytes(line.substring(first + 1, last));
        if (token.length > 0 && token.length == Integer.parseInt(line.substring(last + 1))) {
          return token;
        }
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new BackendException(
        "%s, line %d: '%s' is not the id %d, a token as a Python literal, and its number of bytes"
            .formatted(file, id, line, id));
  }

  /** The free ids, and so many of the last tokens that a protocol can be had. */
  @Override
  public Map<String, Integer> reserved() {
    TreeSet<Integer> ids = new TreeSet<>();
    ids.add(0);
    for (int id = tokens.length; id < vocabulary; id++) {
      ids.add(id);
    }
    for (int id = tokens.length - 1; ids.size() < RESERVED && tokens[id].length > 1; id--) {
      ids.add(id);
    }
    Map<String, Integer> names = new LinkedHashMap<>();
    ids.forEach(id -> names.put("<" + id + ">", id));
    return names;
  }

  @Override
  public void reserve(Collection<Integer> ids, Path file) {
    for (int id : ids) {
      if (id < tokens.length && tokens[id].length == 1) {
        throw new BackendException(
            "%s: id %d is a single byte, without which texts could not be encoded; take another for the protocol"
                .formatted(file, id));
      }
      reserved.set(id);
    }
  }

  @Override
  public Encoding encode(String text) {
    String valid = LoneSurrogates.replace(text);
    byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[bytes.length];
    int[] ends = new int[bytes.length];
    int count = 0;
    int end = 0;
    for (int at = 0; at < bytes.length; ) {
      int id = trie.longest(bytes, at, reserved);
      for (int i = at; i < at + tokens[id].length; i++) {
        // The first byte of a character says how many code units it has.
        if ((bytes[i] & 0xc0) != 0x80) {
          end += (bytes[i] & 0xf8) == 0xf0 ? 2 : 1;
        }
      }
      at += tokens[id].length;
      ids[count] = id;
      ends[count++] = end;
    }
    return new Encoding(java.util.Arrays.copyOf(ids, count), java.util.Arrays.copyOf(ends, count));
  }

  @Override
  public String decode(int[] ids) {
    return new String(bytes(ids), StandardCharsets.UTF_8);
  }

  /** What {@code ids} stand for. */
  byte[] bytes(int[] ids) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw new IllegalArgumentException(
            "id %d: token ids are 0 to %d".formatted(id, vocabulary - 1));
      }
      if (id < tokens.length && !reserved.get(id)) {
        out.writeBytes(tokens[id]);
      }
    }
    return out.toByteArray();
  }

  @Override
  public void close() {}
}
