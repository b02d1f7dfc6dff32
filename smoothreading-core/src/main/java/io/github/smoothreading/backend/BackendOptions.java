package io.github.smoothreading.backend;

import java.util.Objects;
import lombok.Builder;

/**
 * How a model is run.
 *
 * @param compute arithmetic; default {@link Compute#AUTO}
 * @param device {@code "cpu"} or {@code "gpu"}, {@code "gpu:1"} and so on; default {@code "cpu"}
 * @param threads threads of one forward pass; 0, the default, takes the processors that the JVM may
 *     use
 * @param maxBatch most readings advanced in one forward pass; default 16
 */
@Builder(toBuilder = true)
public record BackendOptions(Compute compute, String device, int threads, int maxBatch) {
  /** The defaults. */
  public static final BackendOptions DEFAULTS = BackendOptions.builder().build();

  public BackendOptions {
    Objects.requireNonNull(compute, "compute");
    Objects.requireNonNull(device, "device");
    if (threads < 0 || maxBatch < 1) {
      throw new IllegalArgumentException(
          "threads %d must be 0 (automatic) or more, maxBatch %d must be 1 or more"
              .formatted(threads, maxBatch));
    }
  }

  /** Builder with the defaults set. */
  public static class BackendOptionsBuilder {
    private Compute compute = Compute.AUTO;
    private String device = "cpu";
    private int maxBatch = 16;
  }
}
