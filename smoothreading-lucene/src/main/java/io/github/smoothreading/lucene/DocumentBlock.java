package io.github.smoothreading.lucene;

import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker;
import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;

/**
 * Makes a document's block: its passages in order, the parent last. Passages are made one by one
 * while the writer takes them, so a long document is never in memory as a whole.
 *
 * @param passageChars longest passage, in UTF-16 code units
 */
record DocumentBlock(int passageChars) {
  private static final FieldType TEXT = new FieldType();

  static {
    TEXT.setTokenized(true);
    TEXT.setStored(true);
    TEXT.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    TEXT.freeze();
  }

  /** SHA-256 of what the block depends on. */
  String hash(Part document) throws IOException {
    MessageDigest sha = sha256();
    String head = "%d %s%c".formatted(passageChars, document.header(), 0);
    sha.update(head.getBytes(StandardCharsets.UTF_8));
    char[] buffer = new char[1 << 13];
    byte[] bytes = new byte[2 * buffer.length];
    try (Reader in = document.content().open()) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        for (int i = 0; i < got; i++) {
          bytes[2 * i] = (byte) (buffer[i] >> 8);
          bytes[2 * i + 1] = (byte) buffer[i];
        }
        sha.update(bytes, 0, 2 * got);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }

  /** The block, to be gone through once. */
  Iterable<Iterable<IndexableField>> of(Part document, String hash) {
    return () -> new Block(document, hash);
  }

  private final class Block implements Iterator<Iterable<IndexableField>> {
    private final Part document;
    private final String hash;
    private final Chunker.Chunks chunks;
    private int passages;
    private boolean ended;

    Block(Part document, String hash) {
      this.document = document;
      this.hash = hash;
      // Without its header: that is the title, and belongs to no passage.
      Part text = new Part(document.id(), "", document.length(), document.content());
      this.chunks = PassageCutter.cut(TextSource.ofParts(List.of(text)), passageChars);
    }

    @Override
    public boolean hasNext() {
      return !ended;
    }

    @Override
    public Iterable<IndexableField> next() {
      if (ended) {
        throw new NoSuchElementException("the block has ended");
      }
      if (chunks.hasNext()) {
        return passage(chunks.next());
      }
      chunks.close();
      ended = true;
      return parent();
    }

    private Document passage(Chunk chunk) {
      Document passage = new Document();
      passage.add(new StringField(IndexFormat.DOCUMENT, document.id(), Field.Store.YES));
      passage.add(new NumericDocValuesField(IndexFormat.ORDER, passages));
      passage.add(new StoredField(IndexFormat.ORDER, passages));
      passage.add(new StoredField(IndexFormat.START, chunk.start()));
      passage.add(new StoredField(IndexFormat.END, chunk.end()));
      passage.add(new StoredField(IndexFormat.TITLE, document.header()));
      passage.add(new Field(IndexFormat.TEXT, chunk.text(), TEXT));
      passages++;
      return passage;
    }

    private Document parent() {
      Document parent = new Document();
      parent.add(new StringField(IndexFormat.DOCUMENT, document.id(), Field.Store.YES));
      parent.add(new StringField(IndexFormat.TYPE, IndexFormat.PARENT, Field.Store.YES));
      parent.add(new StoredField(IndexFormat.TITLE, document.header()));
      parent.add(new StoredField(IndexFormat.HASH, hash));
      return parent;
    }
  }
}
