package io.github.smoothreading.backend.djl;

import ai.djl.engine.Engine;
import io.github.smoothreading.backend.ModelDescriptor;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model with its weights and its engine thread. */
final class LoadedModel {
  private static final int MOST_REWINDABLE = 1 << 20;

  /** A pass takes a second or so, but the processors may be busy with other things. */
  private static final long LONGEST_PASS_MILLIS = 20_000;

  /** What is done with the decoder on the engine thread. */
  interface Task<T extends @Nullable Object> {
    T run(Decoder decoder) throws Exception;
  }

  private final OpenModels.Key key;
  private final Architecture config;
  private final ModelDescriptor descriptor;
  private final ModelTokenizer tokenizer;
  private final EngineThread engine;
  private final Scheduler scheduler;
  private final Set<StateBuffers> live = new HashSet<>(); // of the engine thread
  private @Nullable Decoder decoder; // of the engine thread
  private Arithmetic arithmetic = Arithmetic.FP32;

  private LoadedModel(
      OpenModels.Key key,
      Architecture config,
      ModelDescriptor descriptor,
      ModelTokenizer tokenizer) {
    this.key = key;
    this.config = config;
    this.descriptor = descriptor;
    this.tokenizer = tokenizer;
    boolean cpu = key.options().device().equalsIgnoreCase("cpu");
    // Prefill of several rows side by side pays on a GPU; on a CPU it would make decoding wait.
    this.scheduler =
        new Scheduler(
            key.options().maxBatch(),
            cpu ? ActiveStep.BLOCK : 16 * ActiveStep.BLOCK,
            this::decoder);
    this.engine = new EngineThread("smoothreading-" + descriptor.name(), scheduler);
  }

  /** Loads the weights of {@code source}. */
  static LoadedModel load(OpenModels.Key key, Architecture config, WeightSource source) {
    Engine pytorch = PyTorch.start();
    ModelTokenizer tokenizer = ModelTokenizer.open(key.folder(), config.vocabulary());
    LoadedModel model = null;
    try {
      ModelDescriptor descriptor =
          ReaderConfig.read(key.folder(), config, tokenizer, key.fingerprint());
      tokenizer.reserve(descriptor.protocol().ids(), ModelTokenizer.file(key.folder()));
      model = new LoadedModel(key, config, descriptor, tokenizer);
      model.start(pytorch, source);
      return model;
    } catch (RuntimeException | Error e) {
      if (model != null) {
        model.stop();
      }
      tokenizer.close();
      throw e;
    }
  }

  private void start(Engine pytorch, WeightSource source) {
    int threads = key.options().threads();
    arithmetic =
        engine.call(
            () -> {
              PyTorch.prepareThread(
                  threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
              Decoder loaded = Decoder.load(config, source, pytorch, key.options());
              decoder = loaded;
              return loaded.arithmetic();
            });
  }

  private Decoder decoder() {
    if (decoder == null) {
      throw new IllegalStateException("the model is closed");
    }
    return decoder;
  }

  OpenModels.Key key() {
    return key;
  }

  Architecture config() {
    return config;
  }

  ModelDescriptor descriptor() {
    return descriptor;
  }

  ModelTokenizer tokenizer() {
    return tokenizer;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  String stateType() {
    return arithmetic.stateType();
  }

  /** Bytes that {@code slots} slots of one layer take in one of a state's two buffers. */
  int layerBytes(int buffer, int slots) {
    return Math.toIntExact(config.bytes(arithmetic, buffer, slots) / config.layers());
  }

  private void requireWindow(int window) {
    if (window < 1 || window > config.positions()) {
      throw new IllegalArgumentException(
          "window %,d: model '%s' can have windows from 1 to %,d tokens"
              .formatted(window, descriptor.name(), config.positions()));
    }
  }

  long stateBytes(int window) {
    requireWindow(window);
    int slots = config.slots(window, 2 * descriptor.round());
    return config.bytes(arithmetic, 0, slots) + config.bytes(arithmetic, 1, slots);
  }

  DecoderState newState(Object owner, int window, int rewindable) {
    requireWindow(window);
    if (rewindable < 0 || rewindable > MOST_REWINDABLE) {
      throw new IllegalArgumentException(
          "rewindable %,d must be 0 to %,d tokens".formatted(rewindable, MOST_REWINDABLE));
    }
    return newState(owner, window, rewindable, config.slots(window, rewindable));
  }

  /** A state with so many slots: fewer make a window move more often, nothing else. */
  DecoderState newState(Object owner, int window, int rewindable, int slots) {
    StateBuffers buffers =
        call(
            loaded -> {
              StateBuffers made = loaded.allocate(owner, slots);
              live.add(made);
              return made;
            });
    return config.state(this, buffers, window, rewindable);
  }

  <T extends @Nullable Object> T call(Task<T> task) {
    return engine.call(() -> task.run(decoder()));
  }

  /** States whose memory is not freed; for tests. */
  int openStates() {
    return call(loaded -> live.size());
  }

  void submit(ActiveStep step) {
    engine.submit(() -> scheduler.add(step));
  }

  /** Frees {@code buffers} soon; a step that uses them ends. */
  void free(StateBuffers buffers) {
    try {
      engine.submit(
          () -> {
            scheduler.end(
                state -> state.buffers == buffers, "the state was closed while a step used it");
            live.remove(buffers);
            buffers.free();
          });
    } catch (IllegalStateException e) {
      // The model is closed, and with it went all buffers.
    }
  }

  /** Ends the steps and frees the states of one backend. */
  private void endAll(Object owner) {
    scheduler.end(state -> state.buffers.owner == owner, "the backend was closed");
    live.removeIf(
        buffers -> {
          if (buffers.owner == owner) {
            buffers.free();
          }
          return buffers.owner == owner;
        });
  }

  /** Ends the part of {@code owner}; others go on. */
  void leave(Object owner) {
    engine.call(
        () -> {
          endAll(owner);
          return true;
        });
  }

  /** Ends the part of the last {@code owner}, and frees the weights. */
  void close(Object owner) {
    engine.close(
        () -> {
          endAll(owner);
          live.forEach(StateBuffers::free);
          live.clear();
          decoder().close();
          decoder = null;
        },
        0);
    tokenizer.close();
  }

  /** Ends the engine thread without freeing anything. */
  void stop() {
    engine.close(() -> {}, LONGEST_PASS_MILLIS);
  }
}
