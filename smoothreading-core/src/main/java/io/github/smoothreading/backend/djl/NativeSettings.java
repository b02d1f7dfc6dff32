package io.github.smoothreading.backend.djl;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.lang.System.Logger.Level;

/**
 * Settings of PyTorch's libraries that are read from the process's environment when they load. They
 * are put there just before, unless the user has set them.
 *
 * <ul>
 *   <li>GNU OpenMP lets waiting threads spin for milliseconds. Where other programs use the same
 *       cores, each barrier then costs a time slice: a reading was seen to become 10 to 30 times
 *       slower. A short spin costs nothing measurable on an idle machine.
 *   <li>oneDNN keeps a compiled kernel for each of the last 1,024 shapes. Chunks have all lengths,
 *       so a long reading would keep hundreds of megabytes of kernels that never serve again.
 * </ul>
 */
final class NativeSettings {
  private static final System.Logger LOG = System.getLogger(NativeSettings.class.getName());
  private static final String SPIN = "GOMP_SPINCOUNT";
  private static final String SHORT = "1000";
  private static final String KERNELS = "ONEDNN_PRIMITIVE_CACHE_CAPACITY";
  private static final String FEW = "64";

  private NativeSettings() {}

  static void prepare() {
    if (System.getenv("OMP_WAIT_POLICY") == null) {
      set(SPIN, SHORT);
    }
    set(KERNELS, FEW);
  }

  private static void set(String name, String value) {
    if (!Platform.isLinux() || System.getenv(name) != null) {
      return;
    }
    try {
      Function setenv = NativeLibrary.getInstance("c").getFunction("setenv");
      setenv.invokeInt(new Object[] {name, value, 0});
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "cannot set " + name + "; set it yourself", e);
    }
  }
}
