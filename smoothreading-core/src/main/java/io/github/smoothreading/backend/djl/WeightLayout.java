package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects a decoder's weights in its order, and sees that none is left over. */
final class WeightLayout {
  /** Suffix of the scales that belong to an 8-bit tensor: one per row. */
  static final String SCALE = "_scale";

  /**
   * One place in the decoder's list.
   *
   * @param role {@code embedding} (a head too) or {@code lookup}, {@code norm}, {@code linear},
   *     {@code bias}, {@code plain}, {@code head}
   * @param tensor what is stored for it; null where the architecture has none
   * @param scale scales of an 8-bit tensor
   */
  record Slot(String role, @Nullable StoredTensor tensor, @Nullable StoredTensor scale) {}

  private final String architecture;
  private final Map<String, StoredTensor> stored;
  private final Set<String> used = new HashSet<>();
  private final List<Slot> slots = new ArrayList<>();

  WeightLayout(String architecture, Map<String, StoredTensor> stored) {
    this.architecture = architecture;
    this.stored = stored;
  }

  /**
   * The slots added.
   *
   * @throws BackendException if a tensor has no place: the decoder would not apply it, so this is
   *     another architecture, better refused than answered wrongly
   */
  List<Slot> slots() {
    for (StoredTensor tensor : stored.values()) {
      if (!used.contains(tensor.name()) && !tensor.name().endsWith("rotary_emb.inv_freq")) {
        throw new BackendException(
            "tensor '%s' of %s has no place in a %s model; the architecture is not supported"
                .formatted(tensor.name(), tensor.file(), architecture));
      }
    }
    return slots;
  }

  /** What is stored under {@code name} need not be used. */
  void ignore(String name) {
    used.add(name);
  }

  /** A place that is empty in this model. */
  void absent(String role) {
    slots.add(new Slot(role, null, null));
  }

  /** A tensor of these very sizes. */
  void add(String role, String name, long... shape) {
    StoredTensor tensor = find(name, shape);
    StoredTensor scale = null;
    if (tensor.type() == StoredType.I8) {
      scale = find(name + SCALE, shape[0]);
      if (scale.type() != StoredType.F32 || shape.length != 2) {
        throw new BackendException(
            "tensor '%s' of %s: 8-bit weights are matrices with one F32 scale per row"
                .formatted(name, tensor.file()));
      }
    }
    slots.add(new Slot(role, tensor, scale));
  }

  /** A tensor that is in no file of its own, or in other sizes. */
  void add(String role, StoredTensor tensor) {
    slots.add(new Slot(role, tensor, null));
  }

  /** The tensor of this name, or null; the caller checks its sizes. */
  @Nullable StoredTensor take(String name) {
    StoredTensor tensor = stored.get(name);
    if (tensor != null) {
      requireUsable(tensor);
      used.add(name);
    }
    return tensor;
  }

  private StoredTensor find(String name, long... shape) {
    StoredTensor tensor = stored.get(name);
    if (tensor == null) {
      throw new BackendException(
          "tensor '%s' is missing from the weights; config.json asks for it. Is the download complete?"
              .formatted(name));
    }
    List<Long> expected = new ArrayList<>();
    for (long size : shape) {
      expected.add(size);
    }
    if (!tensor.shape().equals(expected)) {
      throw new BackendException(
          "tensor '%s' of %s has the shape %s, but config.json asks for %s; do the two belong together?"
              .formatted(name, tensor.file(), tensor.shape(), expected));
    }
    requireUsable(tensor);
    used.add(name);
    return tensor;
  }

  private static void requireUsable(StoredTensor tensor) {
    if (!tensor.type().usable) {
      throw new BackendException(
          "tensor '%s' of %s is stored as %s; supported are F32, F16, BF16 and I8 with '%s' scales"
              .formatted(tensor.name(), tensor.file(), tensor.type(), SCALE));
    }
  }
}
