package io.github.smoothreading.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Copies a model's files out of a jar, once.
 *
 * <p>They are written to a temporary folder, checked, and moved into place in one operation, so the
 * final folder is whole or absent. A lock file keeps other processes from doing the same work
 * twice; where the file system knows no locks, the first one to move wins.
 */
final class Extraction {
  private static final System.Logger LOG = System.getLogger(Extraction.class.getName());

  /** File locks are held for the whole process; this one is for its threads. */
  private static final Object IN_THIS_PROCESS = new Object();

  private final ModelManifest manifest;
  private final Resources resources;
  private final String origin;
  private final String name;

  /** Opens a model's file by its name. */
  interface Resources {
    InputStream open(String name) throws IOException;
  }

  /**
   * An extraction.
   *
   * @param origin where the files come from, for messages
   */
  Extraction(ModelManifest manifest, Resources resources, String origin) {
    this.manifest = manifest;
    this.resources = resources;
    this.origin = origin;
    this.name = manifest.name() + "-" + manifest.hash();
  }

  /** The folder below {@code cache} with the files. */
  Path into(Path cache) {
    Path folder = cache.resolve(name);
    if (isWhole(folder)) {
      return folder;
    }
    try {
      Files.createDirectories(cache);
      synchronized (IN_THIS_PROCESS) {
        extractLocked(cache, folder);
      }
    } catch (IOException e) {
      throw new BackendException(
          "model '%s' (%s) cannot be extracted to %s: %s. %sSet another folder with -D%s=/some/folder"
              .formatted(
                  manifest.name(),
                  Disk.megabytes(manifest.size()),
                  folder,
                  reason(e),
                  free(cache),
                  ResourceModel.CACHE_PROPERTY),
          e);
    }
    return folder;
  }

  private void extractLocked(Path cache, Path folder) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            cache.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      boolean locked = lock(channel);
      if (isWhole(folder)) {
        return; // another process was faster
      }
      if (locked) {
        deleteLeftovers(cache);
      }
      requireSpace(cache);
      LOG.log(
          System.Logger.Level.INFO,
          "extracting model {0} ({1}) to {2}, once",
          manifest.name(),
          Disk.megabytes(manifest.size()),
          folder);
      Path part = Files.createDirectory(temporary(cache));
      try {
        for (ModelManifest.Entry file : manifest.entries()) {
          copy(file, part.resolve(file.name()));
        }
        moveIntoPlace(part, folder);
      } finally {
        Disk.delete(part);
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.lock().isValid(); // given back when the channel is closed
    } catch (ClosedByInterruptException | FileLockInterruptionException e) {
      throw e;
    } catch (IOException | OverlappingFileLockException e) {
      // The file system has no locks, or another class loader's copy of this class holds it.
      LOG.log(System.Logger.Level.DEBUG, "no file lock", e);
      return false;
    }
  }

  private void copy(ModelManifest.Entry file, Path target) throws IOException {
    var digest = ModelManifest.sha256();
    long size;
    try (InputStream in = new DigestInputStream(resources.open(file.name()), digest);
        FileChannel channel =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      size = in.transferTo(out);
      channel.force(true);
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    if (size != file.size() || !sha256.equals(file.sha256())) {
      throw new BackendException(
          "%s of model '%s' is damaged: %d bytes with SHA-256 %s instead of %d with %s; get a fresh copy of what holds %s"
              .formatted(
                  file.name(), manifest.name(), size, sha256, file.size(), file.sha256(), origin));
    }
  }

  /**
   * A new name. Java's own temporary folders can be read by their owner only, which would not fit a
   * shared cache.
   */
  private Path temporary(Path cache) {
    return cache.resolve(name + ".part-" + UUID.randomUUID());
  }

  private void moveIntoPlace(Path part, Path folder) throws IOException {
    if (Files.exists(folder) && !isWhole(folder)) {
      Path broken = temporary(folder.resolveSibling(""));
      Files.move(folder, broken, StandardCopyOption.ATOMIC_MOVE);
      Disk.delete(broken);
    }
    try {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!isWhole(folder)) {
        throw e;
      }
    }
  }

  private boolean isWhole(Path folder) {
    return manifest.entries().stream()
        .allMatch(file -> Disk.size(folder.resolve(file.name())) == file.size());
  }

  private void requireSpace(Path cache) throws IOException {
    long free = Disk.free(cache);
    // Some file systems answer 0 although there is room; writing will tell.
    if (free > 0 && free < manifest.size()) {
      throw new IOException("not enough space");
    }
  }

  /**
   * What processes that died left behind; only with the lock held is it sure that nobody is writing
   * there.
   */
  private void deleteLeftovers(Path cache) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(cache, name + ".part*")) {
      for (Path part : parts) {
        Disk.delete(part);
      }
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass() == IOException.class && message != null ? message : e.toString();
  }

  private static String free(Path cache) {
    try {
      return "%s are free there. ".formatted(Disk.megabytes(Disk.free(cache)));
    } catch (IOException e) {
      return "";
    }
  }
}
