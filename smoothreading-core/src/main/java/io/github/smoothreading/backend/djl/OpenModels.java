package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The models that are open in this JVM: who opens one that is, shares its weights and its engine
 * thread.
 */
final class OpenModels {
  /** What makes two openings alike. */
  record Key(String fingerprint, Path folder, BackendOptions options) {}

  private static final class Entry {
    final LoadedModel model;
    int users;

    Entry(LoadedModel model) {
      this.model = model;
    }
  }

  private static final Map<Key, Entry> OPEN = new HashMap<>();

  static {
    // A forward pass that still runs while native libraries are torn down would crash the JVM.
    Runtime.getRuntime().addShutdownHook(new Thread(OpenModels::stopAll, "smoothreading-shutdown"));
  }

  private OpenModels() {}

  /** The model in {@code folder}, loaded or shared; every call needs its {@link #release}. */
  static LoadedModel acquire(Path folder, BackendOptions options) {
    PyTorch.goOffline();
    Architecture config = Architecture.read(folder);
    try (WeightSource source = config.weights(folder)) {
      String fingerprint = Fingerprint.of(folder, source);
      Key key = new Key(fingerprint, folder.toAbsolutePath().normalize(), options);
      synchronized (OPEN) {
        Entry entry = OPEN.get(key);
        if (entry == null) {
          entry = new Entry(LoadedModel.load(key, config, source));
          OPEN.put(key, entry);
        }
        entry.users++;
        return entry.model;
      }
    }
  }

  /** Gives back what {@link #acquire} gave to {@code owner}. */
  static void release(LoadedModel model, Object owner) {
    boolean last = false;
    synchronized (OPEN) {
      Entry entry = OPEN.get(model.key());
      if (entry != null && --entry.users == 0) {
        OPEN.remove(model.key());
        last = true;
      }
    }
    if (last) {
      model.close(owner);
    } else {
      model.leave(owner);
    }
  }

  private static void stopAll() {
    List<LoadedModel> models;
    synchronized (OPEN) {
      models = OPEN.values().stream().map(entry -> entry.model).toList();
    }
    models.forEach(LoadedModel::stop);
  }
}
