package io.github.smoothreading;

import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.BackendProvider;
import io.github.smoothreading.backend.ModelProvider;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.ResourceModel;
import io.github.smoothreading.summary.ModelSummarizer;
import io.github.smoothreading.summary.Summarizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Builds a {@link SmoothReader}; without any setting it is what {@link SmoothReader#open()} gives.
 */
public final class SmoothReaderBuilder {
  private Optional<Path> model = Optional.empty();
  private Optional<Path> cache = Optional.empty();
  private BackendOptions options = BackendOptions.DEFAULTS;
  private Optional<Summarizer> summarizer = Optional.empty();

  SmoothReaderBuilder() {}

  /** A folder with a model in Hugging Face layout; default the one model on the class path. */
  public SmoothReaderBuilder model(Path folder) {
    model = Optional.of(folder);
    return this;
  }

  /**
   * Where a model from the class path is extracted to, once; default {@link
   * ResourceModel#defaultCache()}.
   */
  public SmoothReaderBuilder cache(Path folder) {
    cache = Optional.of(folder);
    return this;
  }

  /** Arithmetic, device, threads; default {@link BackendOptions#DEFAULTS}. */
  public SmoothReaderBuilder backend(BackendOptions backend) {
    options = Objects.requireNonNull(backend, "backend");
    return this;
  }

  /**
   * Lets something else write the rounds; the reader closes it. Model and backend settings are then
   * not used.
   */
  public SmoothReaderBuilder summarizer(Summarizer other) {
    summarizer = Optional.of(other);
    return this;
  }

  /**
   * Opens the reader.
   *
   * @throws BackendException if model, backend or native library are missing or broken; the message
   *     says what to do
   */
  public SmoothReader build() {
    return new SmoothReader(summarizer.orElseGet(() -> new ModelSummarizer(openBackend())));
  }

  private ReadingBackend openBackend() {
    Path folder = model.orElseGet(this::defaultModel);
    if (!Files.isDirectory(folder)) {
      throw new BackendException(
          "there is no model folder '%s'; give one that holds config.json, tokenizer.json and safetensors files"
              .formatted(folder));
    }
    List<BackendProvider> providers =
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return providers.stream()
        .filter(provider -> provider.supports(folder))
        .findFirst()
        .orElseThrow(
            () ->
                new BackendException(
                    "no backend can read the model in '%s'; it needs a config.json of a Llama or Qwen2 model"
                        .formatted(folder)))
        .open(folder, options);
  }

  private Path defaultModel() {
    List<ModelProvider> models =
        ServiceLoader.load(ModelProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    if (models.isEmpty()) {
      throw new BackendException(
          "no model is on the class path; add io.github.smoothreading:smoothreading-model-smollm2, or name a model folder");
    }
    if (models.size() > 1) {
      throw new BackendException(
          "several models are on the class path (%s); keep one, or name a model folder"
              .formatted(
                  models.stream().map(ModelProvider::name).collect(Collectors.joining(", "))));
    }
    return models.get(0).folder(cache.orElseGet(ResourceModel::defaultCache));
  }
}
