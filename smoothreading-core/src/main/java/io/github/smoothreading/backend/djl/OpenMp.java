package io.github.smoothreading.backend.djl;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.lang.System.Logger.Level;

/**
 * Keeps PyTorch's threads from spinning while they wait for each other.
 *
 * <p>GNU OpenMP lets waiting threads spin for milliseconds. Where other programs use the same
 * cores, each barrier then costs a time slice: a reading was seen to become 10 to 30 times slower.
 * A short spin costs nothing measurable on an idle machine. The setting is read from the process's
 * environment when the native library loads, so it is put there just before, unless the user has
 * set one.
 */
final class OpenMp {
  private static final System.Logger LOG = System.getLogger(OpenMp.class.getName());
  private static final String SPIN = "GOMP_SPINCOUNT";
  private static final String SHORT = "1000";

  private OpenMp() {}

  static void spinShortly() {
    if (!Platform.isLinux() || System.getenv(SPIN) != null || System.getenv("OMP_WAIT_POLICY") != null) {
      return;
    }
    try {
      Function setenv = NativeLibrary.getInstance("c").getFunction("setenv");
      setenv.invokeInt(new Object[] {SPIN, SHORT, 0});
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "cannot set " + SPIN + "; on a busy machine set it yourself", e);
    }
  }
}
