package io.github.smoothreading.backend.djl;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.github.smoothreading.backend.BackendException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A Hugging Face tokenizer without its added tokens, normalisation and padding: text in, ordinary
 * pieces out.
 *
 * <p>A lone surrogate, which no UTF-8 can hold, is encoded as U+FFFD; offsets do not change by
 * that. Bytes that the vocabulary lacks (some control characters, in some models) yield no token;
 * they count as part of the token behind them, or of the last one.
 */
final class HfTokenizer implements ModelTokenizer {
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Integer> reserved;
  private final BitSet reservedIds = new BitSet();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private HfTokenizer(HuggingFaceTokenizer tokenizer, Map<String, Integer> reserved) {
    this.tokenizer = tokenizer;
    this.reserved = reserved;
  }

  static HfTokenizer open(Path folder, int vocabulary) {
    PyTorch.goOffline();
    Path file = folder.resolve("tokenizer.json");
    TokenizerFile json = TokenizerFile.read(file, vocabulary);
    try {
      HuggingFaceTokenizer tokenizer =
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json.plain()), OPTIONS);
      HfTokenizer result = new HfTokenizer(tokenizer, json.reserved());
      result.reserve(json.reserved().values(), file);
      return result;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new BackendException(
          "%s cannot be used as a tokenizer: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Also ids that the file does not name as added tokens, if no text is encoded to one. */
  @Override
  public void reserve(Collection<Integer> ids, Path file) {
    ids.forEach(reservedIds::set);
    for (int id : ids) {
      String token = tokenizer.decode(new long[] {id}, false);
      for (int other : encode(token).ids()) {
        if (reservedIds.get(other)) {
          throw new BackendException(
              "%s: the text '%s' is encoded as the control token %d, so a document could forge one; take ids that no text is encoded to"
                  .formatted(file, token, other));
        }
      }
    }
  }

  /** The added tokens by their text. */
  @Override
  public Map<String, Integer> reserved() {
    return reserved;
  }

  @Override
  public Encoding encode(String text) {
    if (text.isEmpty()) {
      return new Encoding(new int[0], new int[0]);
    }
    String valid = LoneSurrogates.replace(text);
    ai.djl.huggingface.tokenizers.Encoding encoding;
    lock.readLock().lock();
    try {
      requireOpen();
      encoding = tokenizer.encode(valid, false, false);
    } finally {
      lock.readLock().unlock();
    }
    long[] long64 = encoding.getIds();
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] ids = new int[long64.length];
    int[] ends = new int[long64.length];
    int codePoints = 0;
    int end = 0;
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Math.toIntExact(long64[i]);
      // Spans count code points; a token with only a part of a character ends behind that
      // character.
      int target = Math.max(codePoints, spans[i].getEnd());
      end = valid.offsetByCodePoints(end, target - codePoints);
      codePoints = target;
      ends[i] = end;
    }
    if (ids.length > 0) {
      ends[ids.length - 1] = text.length();
    }
    return new Encoding(ids, ends);
  }

  @Override
  public String decode(int[] ids) {
    long[] text = Arrays.stream(ids).filter(id -> !reservedIds.get(id)).asLongStream().toArray();
    if (text.length == 0) {
      return "";
    }
    lock.readLock().lock();
    try {
      requireOpen();
      return tokenizer.decode(text, false);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  /** Waits for calls under way; native memory must not go while they use it. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      tokenizer.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
