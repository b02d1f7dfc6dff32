package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.ModelDescriptor;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.backend.Tokenizer;
import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A model run by PyTorch in this JVM. */
final class DjlBackend implements ReadingBackend {
  private final LoadedModel model;
  private final AtomicBoolean closed = new AtomicBoolean();

  DjlBackend(LoadedModel model) {
    this.model = model;
  }

  LoadedModel loaded() {
    return model;
  }

  @Override
  public ModelDescriptor model() {
    return model.descriptor();
  }

  @Override
  public Tokenizer tokenizer() {
    return model.tokenizer();
  }

  @Override
  public ReadingState newState(int window, int rewindable) {
    requireOpen();
    return model.newState(this, window, rewindable);
  }

  @Override
  public ReadingState loadState(InputStream in) throws IOException {
    requireOpen();
    return StateFormat.read(model, this, in);
  }

  @Override
  public long stateBytes(int window) {
    return model.stateBytes(window);
  }

  @Override
  public Generation advance(Step step) {
    requireOpen();
    DecoderState state = own(step.state());
    state.acquire();
    ActiveStep active;
    try {
      active = new ActiveStep(step, state, checked(step, state));
      model.submit(active);
    } catch (RuntimeException e) {
      state.release();
      throw e;
    }
    return await(active);
  }

  /** Waits for the engine thread; an interrupt ends the step, it does not abandon it. */
  private static Generation await(ActiveStep step) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return step.result.get();
        } catch (InterruptedException e) {
          interrupted = true;
          step.cancelled = true;
        } catch (ExecutionException e) {
          return EngineThread.join(step.result);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private DecoderState own(ReadingState state) {
    if (!(state instanceof DecoderState own)) {
      throw new IllegalStateException(
          "the state is a %s of another backend".formatted(state.getClass().getName()));
    }
    if (own.model != model) {
      throw new IllegalStateException(
          "the state belongs to model %s, this is %s (%s); save it and load it here if the weights are the same"
              .formatted(own.model(), model.descriptor().name(), model.descriptor().fingerprint()));
    }
    return own;
  }

  /** The tokens to append; nothing that could make native code fail gets through. */
  private int[] checked(Step step, DecoderState state) {
    requireIds("append", step.append());
    requireIds("draft", step.draft());
    requireIds("lookup", step.lookup());
    requireIds("probes", step.limits().probes());
    if (step.append().length > 0) {
      return step.append().clone();
    }
    if (state.pending() == DecoderState.NOTHING) {
      throw new IllegalArgumentException(
          "there is nothing to append, and the state has no generated token left to feed");
    }
    return new int[] {state.pending()};
  }

  private void requireIds(String what, int[] ids) {
    int vocabulary = model.config().vocabulary();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= vocabulary) {
        throw new IllegalArgumentException(
            "%s[%d] is %d; token ids of model '%s' are 0 to %d"
                .formatted(what, i, ids[i], model.descriptor().name(), vocabulary - 1));
      }
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the backend is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      OpenModels.release(model, this);
    }
  }
}
