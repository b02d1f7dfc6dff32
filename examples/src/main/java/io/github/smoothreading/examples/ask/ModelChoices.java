package io.github.smoothreading.examples.ask;

import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.SmoothReaderBuilder;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.Compute;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With what to read, from the command line. */
final class ModelChoices {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of another model. Default: the one on the class path.")
  private @Nullable Path model;

  @Option(
      names = "--compute",
      paramLabel = "TYPE",
      defaultValue = "AUTO",
      description = "Arithmetic: ${COMPLETION-CANDIDATES}. Default: AUTO, the fastest here.")
  private Compute compute = Compute.AUTO;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a forward pass. Default: all processors the JVM may use.")
  private int threads;

  SmoothReader open(int atOnce) {
    SmoothReaderBuilder builder =
        SmoothReader.builder()
            .backend(
                BackendOptions.builder()
                    .compute(compute)
                    .threads(threads)
                    .maxBatch(atOnce)
                    .build());
    if (model != null) {
      builder.model(model);
    }
    return builder.build();
  }
}
