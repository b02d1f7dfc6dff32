package io.github.smoothreading.state;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A file from which a reading can go on.
 *
 * <p>It is written beside its place and moved there when it is whole and on disk, so that a crash
 * leaves either the old one or the new one. Layout: magic, version, model fingerprint, body, CRC-32
 * of all before.
 */
public final class Checkpoint {
  private static final int MAGIC = 0x534d5244;
  private static final int VERSION = 1;

  private Checkpoint() {}

  /** Writes {@code body} to {@code file}, replacing what was there. */
  public static void write(Path file, String model, Body body) throws IOException {
    Path whole = file.toAbsolutePath();
    Path beside = whole.resolveSibling(whole.getFileName() + ".writing");
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      CheckedOutputStream checked =
          new CheckedOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), new CRC32());
      DataOutputStream out = new DataOutputStream(checked);
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeUTF(model);
      body.write(out);
      out.writeLong(checked.getChecksum().getValue());
      out.flush();
      channel.force(true);
    }
    try {
      Files.move(
          beside, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(beside, whole, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Reads {@code file} back.
   *
   * @throws IOException if it is missing, damaged or another model's; the message says which
   */
  public static <T> T read(Path file, String model, Parser<T> parser) throws IOException {
    verify(file);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      in.readInt();
      in.readInt();
      String written = in.readUTF();
      if (!written.equals(model)) {
        throw new IOException(
            "the checkpoint '%s' belongs to another model (%s, not %s); open the reader with that model"
                .formatted(file, written, model));
      }
      return parser.read(in);
    } catch (EOFException e) {
      throw damaged(file, "it ends too early");
    }
  }

  private static void verify(Path file) throws IOException {
    long size;
    try {
      size = Files.size(file);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no checkpoint at '%s'".formatted(file), e);
    }
    if (size < 18) {
      throw damaged(file, "it has only %d bytes".formatted(size));
    }
    try (CheckedInputStream checked =
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32());
        DataInputStream in = new DataInputStream(checked)) {
      if (in.readInt() != MAGIC) {
        throw new IOException("'%s' is not a checkpoint of a reading".formatted(file));
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException(
            "the checkpoint '%s' has format %d, this version reads format %d"
                .formatted(file, version, VERSION));
      }
      skipFully(in, size - 8 - Long.BYTES);
      long sum = checked.getChecksum().getValue();
      if (in.readLong() != sum) {
        throw damaged(file, "its checksum does not match");
      }
    }
  }

  private static void skipFully(DataInputStream in, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = bytes;
    while (left > 0) {
      int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (got < 0) {
        throw new EOFException();
      }
      left -= got;
    }
  }

  private static IOException damaged(Path file, String how) {
    return new IOException(
        "the checkpoint '%s' is damaged: %s; start the reading again".formatted(file, how));
  }

  /** Writes the body of a checkpoint. */
  @FunctionalInterface
  public interface Body {
    /** Writes to {@code out}, which stays open. */
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads the body of a checkpoint. */
  @FunctionalInterface
  public interface Parser<T> {
    /** Reads exactly what {@link Body#write} wrote. */
    T read(DataInputStream in) throws IOException;
  }
}
