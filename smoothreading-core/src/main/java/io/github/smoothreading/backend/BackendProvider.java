package io.github.smoothreading.backend;

import java.nio.file.Path;

/** Opens backends; found by {@link java.util.ServiceLoader}. */
public interface BackendProvider {
  /** Whether this provider can run the model in {@code folder}; looks at its configuration only. */
  boolean supports(Path folder);

  /**
   * Opens the model in {@code folder}.
   *
   * @throws BackendException if the folder, a file in it or the engine cannot be used; the message
   *     says what to do
   */
  ReadingBackend open(Path folder, BackendOptions options);
}
