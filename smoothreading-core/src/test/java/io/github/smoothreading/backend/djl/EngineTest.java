package io.github.smoothreading.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.Compute;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine: its files, its start, and that it gives memory back. */
class EngineTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "window-decoder-portable.pt",
        "window-decoder-cpu.pt",
        "rwkv-decoder-portable.pt",
        "rwkv-decoder-cpu.pt"
      })
  void decoderFilesAreBuiltFromTheirSource(String resource) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.list(Path.of("src/main/torchscript"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".py")).sorted().toList();
      for (Path source : sources) {
        for (byte b : Files.readAllBytes(source)) {
          if (b != '\r') {
            digest.update(b);
          }
        }
      }
    }
    try (PtNDManager manager = (PtNDManager) PyTorch.start().newBaseManager()) {
      PtSymbolBlock module = DecoderModule.load(manager, resource);
      try (IValue built = IValueUtils.runMethod(module, "digest")) {
        assertThat(built.toStringValue())
            .as("digest in %s; run build.py in src/main/torchscript", resource)
            .isEqualTo(HexFormat.of().formatHex(digest.digest()));
      }
    }
  }

  @Test
  void startsOffline() {
    PyTorch.goOffline();
    assertThat(ai.djl.util.Utils.isOfflineMode()).isTrue();
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
  }

  @Test
  void aMissingNativeIsNamed() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ClassLoader without =
        new ClassLoader(before) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals("native/lib/pytorch.properties")
                ? Collections.emptyEnumeration()
                : super.getResources(name);
          }
        };
    System.setProperty("ENGINE_CACHE_DIR", temp.toString());
    Thread.currentThread().setContextClassLoader(without);
    try {
      assertThatThrownBy(PyTorch::requireNative)
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("ai.djl.pytorch:pytorch-native-cpu:2.7.1:");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      System.clearProperty("ENGINE_CACHE_DIR");
    }
  }

  @Test
  void unknownDevicesAreRefused() throws IOException {
    Path folder = TestModels.folder(temp, "llama-tied");
    for (String device : List.of("tpu", "gpu:99", "gpu:")) {
      assertThatThrownBy(
              () ->
                  new DjlBackendProvider()
                      .open(
                          folder,
                          TestModels.options(Compute.FP32).toBuilder().device(device).build()))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("device '" + device + "'");
    }
    assertThatThrownBy(
            () -> new DjlBackendProvider().open(folder, TestModels.options(Compute.FP16)))
        .hasMessageContaining("FP16 needs a GPU");
  }

  @Test
  void openingAndClosingDoesNotGrow() throws IOException {
    assumeThat(Path.of("/proc/self/status")).exists();
    Path folder = TestModels.folder(temp, "llama-tied");
    long before = 0;
    for (int i = 0; i < 200; i++) {
      try (ReadingBackend backend = TestModels.open(folder)) {
        ReadingState state = backend.newState(2048, 100); // about 1.6 MB of keys and values
        TestModels.generate(backend, state, new int[] {1, 2, 3}, 2);
        if (i % 2 == 0) {
          state.close();
        }
      }
      if (i == 40) {
        before = residentKilobytes();
      }
    }
    long growth = residentKilobytes() - before;
    System.out.printf("growth over 160 openings: %,d kB%n", growth);
    assertThat(growth).as("growth in kB").isLessThan(30_000);
  }

  @Test
  void abandonedStatesAreFreed() throws Exception {
    try (ReadingBackend backend = TestModels.open(TestModels.folder(temp, "llama-tied"))) {
      LoadedModel model = ((DjlBackend) backend).loaded();
      for (int i = 0; i < 50; i++) {
        backend.newState(2048, 100);
      }
      for (int i = 0; i < 100 && model.openStates() > 0; i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(model.openStates()).isZero();
    }
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
  }
}
