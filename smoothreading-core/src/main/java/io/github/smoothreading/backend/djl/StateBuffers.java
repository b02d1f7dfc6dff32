package io.github.smoothreading.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;

/**
 * The native memory of one state, each buffer [layers, parts, slots, numbers]: keys and values of a
 * window, or matrices and shifts.
 *
 * <p>Made, used and freed on the engine thread alone. It does not know the state it belongs to, so
 * that an abandoned state can be collected.
 */
final class StateBuffers {
  /** Who frees it when closing: the backend it was made by. */
  final Object owner;

  final PtNDArray keys;
  final PtNDArray values;
  final int slots;
  private boolean freed;

  StateBuffers(Object owner, PtNDArray keys, PtNDArray values, int slots) {
    this.owner = owner;
    this.keys = keys;
    this.values = values;
    this.slots = slots;
  }

  boolean freed() {
    return freed;
  }

  void free() {
    if (!freed) {
      freed = true;
      keys.close();
      values.close();
    }
  }
}
