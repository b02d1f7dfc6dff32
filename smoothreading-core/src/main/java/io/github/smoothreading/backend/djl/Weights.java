package io.github.smoothreading.backend.djl;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.github.smoothreading.backend.BackendException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings stored tensors into the form that the decoder computes with, one at a time. */
final class Weights {
  /** Tensors that the decoder makes of each stored one. */
  private static final int PARTS = 4;

  private Weights() {}

  /** The decoder's list of weights. */
  static IValue prepare(
      PtSymbolBlock module,
      PtNDManager manager,
      List<WeightLayout.Slot> layout,
      WeightSource source,
      Arithmetic arithmetic,
      String device) {
    List<PtNDArray> parts = new ArrayList<>();
    for (WeightLayout.Slot slot : layout) {
      StoredTensor tensor = slot.tensor();
      try (PtNDManager host = (PtNDManager) manager.newSubManager(Device.cpu())) {
        if (tensor == null) {
          // Each absent tensor is four empty ones, made where the others live.
          for (int i = 0; i < PARTS; i++) {
            parts.add((PtNDArray) manager.create(new Shape(0), DataType.FLOAT32));
          }
        } else {
          parts.addAll(prepare(module, manager, host, slot, tensor, source, arithmetic, device));
        }
      } catch (RuntimeException | IOException e) {
        throw new BackendException(
            "tensor '%s' cannot be prepared as %s: %s"
                .formatted(
                    tensor == null ? slot.role() : tensor.name(), arithmetic.label, e.getMessage()),
            e);
      }
    }
    IValue list = IValue.listFrom(parts.toArray(PtNDArray[]::new));
    // The list holds the tensors; their handles here are no longer needed.
    parts.forEach(PtNDArray::close);
    return list;
  }

  private static List<PtNDArray> prepare(
      PtSymbolBlock module,
      PtNDManager manager,
      PtNDManager host,
      WeightLayout.Slot slot,
      StoredTensor tensor,
      WeightSource source,
      Arithmetic arithmetic,
      String device)
      throws IOException {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    ByteBuffer bytes = source.bytes(tensor);
    ByteBuffer scales =
        slot.scale() == null ? ByteBuffer.allocateDirect(0) : source.bytes(slot.scale());
    try (IValue raw = IValue.from(array(host, bytes, DataType.UINT8));
        IValue scale = IValue.from(array(host, scales, DataType.FLOAT32));
        IValue stored = IValue.from(tensor.type().name());
        IValue sizes = IValue.listFrom(shape);
        IValue role = IValue.from(slot.role());
        IValue compute = IValue.from(arithmetic.label);
        IValue where = IValue.from(device);
        IValue result =
            IValueUtils.runMethod(
                module, "prepare", raw, scale, stored, sizes, role, compute, where)) {
      PtNDArray[] parts = result.toTensorArray(manager);
      if (parts.length != PARTS) {
        throw new BackendException("the decoder made %d parts".formatted(parts.length));
      }
      return Arrays.asList(parts);
    }
  }

  private static PtNDArray array(PtNDManager manager, ByteBuffer bytes, DataType type) {
    if (!bytes.hasRemaining()) {
      return (PtNDArray) manager.create(new Shape(0), type);
    }
    ByteBuffer whole = bytes.slice().order(ByteOrder.nativeOrder());
    return (PtNDArray)
        manager.create(whole, new Shape(bytes.remaining() / type.getNumOfBytes()), type);
  }
}
