package io.github.smoothreading.backend;

import java.nio.file.Path;

/** A model that ships on the class path; found by {@link java.util.ServiceLoader}. */
public interface ModelProvider {
  /** How users and messages name the model, for instance {@code smollm2-135m-reader}. */
  String name();

  /**
   * A folder with the model's files: where they are files already, that one, else a folder below
   * {@code cache} to which they are extracted once (atomically, checked by hash).
   *
   * @throws BackendException if the files cannot be extracted; the message names folder and size
   */
  Path folder(Path cache);
}
