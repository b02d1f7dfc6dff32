package io.github.smoothreading.summary;

import io.github.smoothreading.backend.ModelDescriptor;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.text.TextEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Objects;

/** Lets a backend's model write the rounds; owns the backend and closes it. */
public final class ModelSummarizer implements Summarizer {
  private final ReadingBackend backend;
  private final RoundFormat format;

  /** On {@code backend}, which is closed with this summarizer. */
  public ModelSummarizer(ReadingBackend backend) {
    this.backend = Objects.requireNonNull(backend, "backend");
    this.format = new RoundFormat(backend.model(), backend.tokenizer());
  }

  @Override
  public Capacity capacity() {
    ModelDescriptor model = backend.model();
    return new Capacity(
        model.name(),
        model.fingerprint(),
        model.window(),
        model.chunk(),
        model.round(),
        model.longestChunk(),
        model.language());
  }

  @Override
  public TextEncoder encoder() {
    return backend.tokenizer();
  }

  @Override
  public long memoryBytes(int window) {
    return backend.stateBytes(window);
  }

  @Override
  public Session open(Inquiry inquiry) {
    return new ModelSession(backend, format, inquiry);
  }

  @Override
  public Session resume(Inquiry inquiry, DataInputStream in) throws IOException {
    return ModelSession.load(backend, format, inquiry, in);
  }

  @Override
  public void close() {
    backend.close();
  }
}
