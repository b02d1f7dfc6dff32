package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * Tells models apart: a digest over configuration, tokenizer, and names, sizes and samples of the
 * weight files.
 */
final class Fingerprint {
  /** Bytes at either end of a weight file, and in its middle, that count. */
  private static final int SAMPLE = 1 << 16;

  private Fingerprint() {}

  static String of(Path folder, WeightSource weights) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : new String[] {"config.json", "tokenizer.json", WorldTokenizer.FILE}) {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
          byte[] bytes = Files.readAllBytes(file);
          digest.update(ByteBuffer.allocate(8).putLong(bytes.length).array());
          digest.update(bytes);
        }
      }
      TreeSet<Path> files = new TreeSet<>();
      weights.tensors().values().forEach(tensor -> files.add(tensor.file()));
      for (Path file : files) {
        sample(digest, file);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new BackendException("the model in %s cannot be read: %s".formatted(folder, e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sample(MessageDigest digest, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      digest.update(ByteBuffer.allocate(8).putLong(size).array());
      for (long at : new long[] {0, size / 2, Math.max(0, size - SAMPLE)}) {
        ByteBuffer buffer = ByteBuffer.allocate(SAMPLE);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
          // until the sample is full or the file ends
        }
        digest.update(buffer.flip());
      }
    }
  }
}
