package io.github.smoothreading.model.smollm2;

import io.github.smoothreading.backend.ModelProvider;
import io.github.smoothreading.backend.ResourceModel;
import java.nio.file.Path;

/** Offers the default model, whose files lie beside this class as resources. */
public final class SmolLm2 implements ModelProvider {
  private static final String NAME = "smollm2-135m-reader";
  private static final ResourceModel FILES = new ResourceModel(NAME, SmolLm2.class, "");

  /** For the service loader. */
  public SmolLm2() {}

  /** Whether this build carries the weights. */
  static boolean isComplete() {
    return FILES.exists();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Path folder(Path cache) {
    return FILES.folder(cache);
  }
}
