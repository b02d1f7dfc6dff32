package io.github.smoothreading.langchain4j.teacher;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that only grows, and survives a crash at any moment.
 *
 * <p>A line is written in one go and forced to the disk before the next. What a crash leaves of a
 * line is at the file's end and no whole JSON object; opening cuts it off. A lock keeps a second
 * process away.
 */
final class AppendedLines implements AutoCloseable {
  private static final int BLOCK = 8_192;

  private final FileChannel channel;

  private AppendedLines(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens a file, which need not exist, and mends its end.
   *
   * @throws IOException if it cannot be opened, or is being written already
   */
  static AppendedLines open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (lock(channel) == null) {
        throw new IOException(
            "%s is being written by another run; wait for it, or name another file"
                .formatted(file));
      }
      mend(channel);
      return new AppendedLines(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void mend(FileChannel channel) throws IOException {
    long whole = behindLastLineBreak(channel);
    long size = channel.size();
    channel.position(size);
    if (whole == size) {
      return;
    }
    ByteBuffer tail = ByteBuffer.allocate(Math.toIntExact(size - whole));
    readFully(channel, tail, whole);
    if (isObject(new String(tail.array(), StandardCharsets.UTF_8))) {
      writeFully(channel, "\n");
    } else {
      channel.truncate(whole);
    }
    channel.force(false);
  }

  private static boolean isObject(String line) {
    try {
      JsonLines.object(line);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static long behindLastLineBreak(FileChannel channel) throws IOException {
    long end = channel.size();
    while (end > 0) {
      long start = Math.max(0, end - BLOCK);
      ByteBuffer block = ByteBuffer.allocate((int) (end - start));
      readFully(channel, block, start);
      for (int i = block.capacity() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private static void readFully(FileChannel channel, ByteBuffer into, long from)
      throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
  }

  private static void writeFully(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Goes through the lines that are there. By the channel itself: on POSIX systems closing a second
   * one would release the lock.
   */
  void read(Path file, Consumer<ObjectNode> each) throws IOException {
    channel.position(0);
    JsonLines.read(
        file,
        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8.newDecoder(), BLOCK)),
        each);
    channel.position(channel.size());
  }

  /** Adds a line; when this returns, it is on the disk. */
  void append(String line) throws IOException {
    writeFully(channel, line + "\n");
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
