package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.BackendOptions;
import io.github.smoothreading.backend.BackendProvider;
import io.github.smoothreading.backend.ReadingBackend;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs models of the Llama and Qwen2 architectures with a sliding window, and of RWKV-7, in this
 * JVM, through PyTorch.
 *
 * <p>The model is a folder as Hugging Face lays it out: {@code config.json}, {@code
 * tokenizer.json}, safetensors weights, and {@code reader.json}, which says how the model was
 * trained to read. For RWKV-7 the weights may also be in a file of rwkv.cpp, which needs no {@code
 * config.json}, and the tokenizer in {@code rwkv_vocab_v20230424.txt}.
 */
public final class DjlBackendProvider implements BackendProvider {
  /** For {@link java.util.ServiceLoader}. */
  public DjlBackendProvider() {}

  @Override
  public boolean supports(Path folder) {
    return Architecture.supports(folder);
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
