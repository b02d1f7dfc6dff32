package io.github.smoothreading.backend.djl;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The scripted decoder files in this package's resources. */
final class DecoderModule {
  private static final Logger LOG = System.getLogger(DecoderModule.class.getName());

  private DecoderModule() {}

  /**
   * The variant for CPUs, or null, with the reason logged, where this PyTorch lacks an operator of
   * it.
   */
  static @Nullable PtSymbolBlock cpuVariant(PtNDManager manager, String decoder) {
    try {
      return load(manager, decoder + "-cpu.pt");
    } catch (RuntimeException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      LOG.log(
          Level.INFO,
          "The portable decoder is used, because {0}-cpu.pt does not load: {1}",
          decoder,
          reason);
      return null;
    }
  }

  /** The variant for all devices. */
  static PtSymbolBlock portable(PtNDManager manager, String decoder) {
    return load(manager, decoder + "-portable.pt");
  }

  static PtSymbolBlock load(PtNDManager manager, String resource) {
    try (InputStream in = DecoderModule.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new BackendException(
            "resource " + resource + " is not in the jar of smoothreading-core");
      }
      return JniUtils.loadModule(manager, in, true, false);
    } catch (IOException e) {
      throw new BackendException("resource %s cannot be read: %s".formatted(resource, e), e);
    }
  }
}
