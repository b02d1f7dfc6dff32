package io.github.smoothreading.model.smollm2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.StopPolicy;
import io.github.smoothreading.text.TextSource;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends in the middle of a forward pass ends like any other, and crashes nothing. */
class EndOfProcessTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir Path temp;

  @Test
  @DisabledOnOs(OS.WINDOWS) // has no signals
  void aSignalEndsIt() throws Exception {
    Process process = start("read");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("reading");
      Thread.sleep(700);
      process.destroy();
      requireEnd(process, TERMINATED);
    }
  }

  @Test
  void theEndOfMainEndsItThoughTheModelIsOpen() throws Exception {
    requireEnd(start("leave"), 0);
  }

  private Process start(String how) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Other.class.getName(),
            how)
        .directory(temp.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void requireEnd(Process process, int exit) throws InterruptedException {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
      assertThat(process.exitValue()).isEqualTo(exit);
      File[] crashes = temp.toFile().listFiles((folder, name) -> name.startsWith("hs_err"));
      assertThat(crashes).as("crash reports").isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Another process that reads, or only opens the model. */
  static final class Other {
    public static void main(String[] args) {
      SmoothReader reader = SmoothReader.open();
      if (args[0].equals("read")) {
        ReadingOptions options =
            ReadingOptions.builder()
                .stop(StopPolicy.never())
                .listener(
                    event -> {
                      if (event instanceof ReadingEvent.Started) {
                        System.out.println("reading");
                      }
                    })
                .build();
        reader.read(
            TextSource.of("A long text says little. ".repeat(20_000)), "What is said?", options);
      }
    }
  }
}
