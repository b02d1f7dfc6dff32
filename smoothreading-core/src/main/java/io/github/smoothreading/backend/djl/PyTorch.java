package io.github.smoothreading.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import io.github.smoothreading.backend.BackendException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Starts DJL's PyTorch engine: never from the network, and with an error that says what to add. */
final class PyTorch {
  private static final Set<String> PUBLISHED =
      Set.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");

  private PyTorch() {}

  /** Before any class of DJL runs: its engine and tokenizer otherwise call out to the network. */
  static void goOffline() {
    setIfAbsent("ai.djl.offline", "true");
    setIfAbsent("OPT_OUT_TRACKING", "true");
  }

  /** The engine, started once per JVM. */
  static synchronized Engine start() {
    goOffline();
    requireNative();
    NativeSettings.prepare();
    try {
      return Engine.getEngine("PyTorch");
    } catch (RuntimeException | LinkageError | AssertionError e) {
      throw new BackendException(
          "PyTorch's native library cannot be started: %s. Natives, JNI and engine of DJL must have matching versions; see %s"
              .formatted(rootMessage(e), coordinates(Platform.fromSystem("pytorch"))),
          e);
    }
  }

  /** Settings that PyTorch keeps per thread. */
  static void prepareThread(int threads) {
    // Optimising would compile anew for every new length of a piece, which takes longer than it
    // saves.
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setNumThreads(threads);
  }

  /** DJL's name for {@code "cpu"}, {@code "gpu"} or {@code "gpu:1"}. */
  static Device device(String name, Engine engine) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("cpu")) {
      return Device.cpu();
    }
    if (!lower.matches("gpu(:[0-9]{1,3})?")) {
      throw new BackendException("device '%s' is unknown; use cpu, gpu or gpu:1".formatted(name));
    }
    int index = lower.equals("gpu") ? 0 : Integer.parseInt(lower.substring(4));
    if (index >= engine.getGpuCount() || !engine.hasCapability("CUDA")) {
      throw new BackendException(
          "device '%s' is not there: %d GPU(s) found, PyTorch native on the class path %s CUDA"
              .formatted(
                  name,
                  engine.getGpuCount(),
                  engine.hasCapability("CUDA") ? "has" : "is built without"));
    }
    return Device.gpu(index);
  }

  static void requireNative() {
    if (Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") != null) {
      return; // a PyTorch of the user's own
    }
    Platform platform;
    try {
      platform = Platform.detectPlatform("pytorch");
    } catch (AssertionError e) {
      throw new BackendException("This platform is not supported by DJL: " + e.getMessage(), e);
    }
    if (platform.isPlaceholder() && !cached(platform)) {
      throw new BackendException(
          "No PyTorch native library for %s is on the class path. Add %s; nothing is downloaded by itself."
              .formatted(platform.getClassifier(), coordinates(platform)));
    }
  }

  private static boolean cached(Platform platform) {
    Path folder =
        Utils.getEngineCacheDir("pytorch")
            .resolve(
                platform.getVersion()
                    + "-"
                    + platform.getFlavor()
                    + "-"
                    + platform.getClassifier());
    return Files.exists(folder.resolve(System.mapLibraryName("torch")));
  }

  static String coordinates(Platform platform) {
    String classifier = platform.getClassifier();
    if (!PUBLISHED.contains(classifier)) {
      return "a PyTorch %s of your own (none is published for %s) and set PYTORCH_LIBRARY_PATH to its lib folder"
          .formatted(platform.getVersion(), classifier);
    }
    return ("the Maven dependency ai.djl.pytorch:pytorch-native-cpu:%s:%s (groupId ai.djl.pytorch,"
            + " artifactId pytorch-native-cpu, version %s, classifier %s, scope runtime)")
        .formatted(platform.getVersion(), classifier, platform.getVersion(), classifier);
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
