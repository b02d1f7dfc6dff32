package io.github.smoothreading.benchmarks;

import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.BackendProvider;
import io.github.smoothreading.backend.ModelProvider;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.ResourceModel;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Opens backends directly, for what a reader does not offer: feeding tokens without rounds. */
final class Models {
  private Models() {}

  /** The model in {@code folder}, or the default model if that is null. */
  static ReadingBackend open(@Nullable Path folder, BackendOptions options) {
    Path model = folder == null ? defaultModel() : folder;
    return ServiceLoader.load(BackendProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.supports(model))
        .findFirst()
        .orElseThrow(() -> new BackendException("no backend can run the model in " + model))
        .open(model, options);
  }

  /** The folder of the model on the class path. */
  static Path defaultModel() {
    return ServiceLoader.load(ModelProvider.class)
        .findFirst()
        .orElseThrow(() -> new BackendException("no model is on the class path"))
        .folder(ResourceModel.defaultCache());
  }
}
