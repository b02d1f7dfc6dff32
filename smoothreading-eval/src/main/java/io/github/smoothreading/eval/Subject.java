package io.github.smoothreading.eval;

import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.BackendProvider;
import io.github.smoothreading.backend.ModelProvider;
import io.github.smoothreading.backend.ResourceModel;
import io.github.smoothreading.summary.Capacity;
import io.github.smoothreading.summary.ModelSummarizer;
import io.github.smoothreading.summary.Summarizer;
import io.github.smoothreading.text.TextEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * What is evaluated: a reader, with the tokenizer by which documents are measured.
 *
 * @param reader reads
 * @param summarizer writes the rounds; closed with the reader
 */
record Subject(SmoothReader reader, Summarizer summarizer) implements AutoCloseable {
  /** Opens what is evaluated. */
  @FunctionalInterface
  interface Opener {
    /** The model in a folder, or the one on the class path. */
    Subject open(Optional<Path> folder, BackendOptions options);
  }

  /** Around anything that writes rounds, a model or not. */
  static Subject of(Summarizer summarizer) {
    return new Subject(SmoothReader.builder().summarizer(summarizer).build(), summarizer);
  }

  /**
   * Opens the model in {@code folder}, or the one on the class path.
   *
   * @throws BackendException if there is none or it cannot be run
   */
  static Subject open(Optional<Path> folder, BackendOptions options) {
    Path model = folder.orElseGet(Subject::defaultModel);
    return of(
        new ModelSummarizer(
            ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.supports(model))
                .findFirst()
                .orElseThrow(
                    () ->
                        new BackendException(
                            "no backend can read the model in '%s'; it needs a config.json of a Llama or Qwen2 model"
                                .formatted(model)))
                .open(model, options)));
  }

  private static Path defaultModel() {
    List<ModelProvider> models =
        ServiceLoader.load(ModelProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    if (models.size() != 1) {
      throw new BackendException(
          "%d models are on the class path; keep one, or name a folder with --model"
              .formatted(models.size()));
    }
    return models.get(0).folder(ResourceModel.defaultCache());
  }

  TextEncoder encoder() {
    return summarizer.encoder();
  }

  Capacity capacity() {
    return summarizer.capacity();
  }

  /** What a page says about the model, and what has to be the same for a run to go on. */
  Map<String, String> describe() {
    Capacity capacity = capacity();
    Map<String, String> model = new TreeMap<>();
    model.put("name", capacity.model());
    model.put("fingerprint", capacity.fingerprint());
    model.put("window W", Integer.toString(capacity.window()));
    model.put("chunk C", Integer.toString(capacity.chunk()));
    model.put("round R", Integer.toString(capacity.round()));
    return model;
  }

  @Override
  public void close() {
    reader.close();
  }
}
