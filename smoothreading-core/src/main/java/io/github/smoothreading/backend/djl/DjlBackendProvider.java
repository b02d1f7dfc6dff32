package io.github.smoothreading.backend.djl;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.BackendProvider;
import io.github.smoothreading.backend.ReadingBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs models of the Llama and Qwen2 architectures with a sliding window in this JVM, through
 * PyTorch.
 *
 * <p>The model is a folder as Hugging Face lays it out: {@code config.json}, {@code
 * tokenizer.json}, safetensors weights, and {@code reader.json}, which says how the model was
 * trained to read.
 */
public final class DjlBackendProvider implements BackendProvider {
  /** For {@link java.util.ServiceLoader}. */
  public DjlBackendProvider() {}

  @Override
  public boolean supports(Path folder) {
    Path config = folder.resolve("config.json");
    if (!Files.isRegularFile(config)) {
      return false;
    }
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(config));
      return ModelConfig.supports(json);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public ReadingBackend open(Path folder, BackendOptions options) {
    if (!Files.isDirectory(folder)) {
      throw new BackendException(
          "%s is not a folder; give the folder that holds config.json".formatted(folder));
    }
    return new DjlBackend(OpenModels.acquire(folder, options));
  }
}
