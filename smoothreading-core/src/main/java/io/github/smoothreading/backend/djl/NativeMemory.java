package io.github.smoothreading.backend.djl;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Gives memory that the C library has got back from PyTorch on to the operating system.
 *
 * <p>Every pass allocates tensors of other sizes. The C library keeps what is freed in pieces that
 * fit later sizes less and less, so over a million tokens a process grew by half a gigabyte, all of
 * it unused. Used on the engine thread alone.
 */
final class NativeMemory {
  private static final System.Logger LOG = System.getLogger(NativeMemory.class.getName());

  /** Tokens between two times; giving back takes some milliseconds. */
  private static final int EVERY = 4_096;

  private final @Nullable Function trim = find();
  private long fed;

  /** Counts the tokens of a pass, and gives back now and then. */
  void fed(int tokens) {
    fed += tokens;
    if (fed >= EVERY && trim != null) {
      fed = 0;
      trim.invokeInt(new Object[] {0L});
    }
  }

  private static @Nullable Function find() {
    if (!Platform.isLinux()) {
      return null;
    }
    try {
      return NativeLibrary.getInstance("c").getFunction("malloc_trim");
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "this C library keeps freed memory to itself", e);
      return null;
    }
  }
}
