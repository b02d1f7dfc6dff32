package io.github.smoothreading.backend.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.github.smoothreading.backend.BackendOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The scripted decoder with its weights: everything that calls native code. All methods run on the
 * engine thread.
 *
 * <p>Types that DJL does not know (bfloat16) stay opaque: asking DJL for such an array's data would
 * end the JVM.
 */
final class Decoder implements AutoCloseable {
  private final ModelConfig config;
  private final Arithmetic arithmetic;
  private final String device;
  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final IValue weights;
  private final IValue hyper;
  private final NativeMemory memory = new NativeMemory();

  private Decoder(
      ModelConfig config,
      Arithmetic arithmetic,
      String device,
      PtNDManager manager,
      PtSymbolBlock module,
      IValue weights,
      IValue hyper) {
    this.config = config;
    this.arithmetic = arithmetic;
    this.device = device;
    this.manager = manager;
    this.module = module;
    this.weights = weights;
    this.hyper = hyper;
  }

  static Decoder load(
      ModelConfig config, WeightSource source, Engine engine, BackendOptions options) {
    List<WeightLayout.Slot> layout = WeightLayout.of(config, source.tensors());
    boolean quantized = layout.stream().anyMatch(slot -> slot.scale() != null);
    var target = PyTorch.device(options.device(), engine);
    boolean gpu = target.isGpu();
    String device = gpu ? "cuda:" + target.getDeviceId() : "cpu";
    PtNDManager manager = (PtNDManager) engine.newBaseManager(target);
    try {
      PtSymbolBlock fast = gpu ? null : DecoderModule.cpuVariant(manager);
      Arithmetic arithmetic = Arithmetic.of(options.compute(), gpu, quantized, fast != null);
      PtSymbolBlock module =
          fast != null && arithmetic != Arithmetic.FP32
              ? fast
              : DecoderModule.load(manager, DecoderModule.PORTABLE);
      IValue weights = Weights.prepare(module, manager, layout, source, arithmetic, device);
      double[] numbers = config.hyper();
      IValue hyper = IValue.from((PtNDArray) manager.create(numbers));
      return new Decoder(config, arithmetic, device, manager, module, weights, hyper);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  ModelConfig config() {
    return config;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  /** Bytes of a state with {@code slots} slots. */
  static long bytes(ModelConfig config, Arithmetic arithmetic, int slots) {
    return 2L
        * config.layers()
        * config.sharedHeads()
        * slots
        * config.headDim()
        * arithmetic.bytes;
  }

  StateBuffers allocate(Object owner, int slots) {
    PtNDArray keys = buffer(slots);
    try {
      return new StateBuffers(owner, keys, buffer(slots), slots);
    } catch (RuntimeException | Error e) {
      keys.close();
      throw e;
    }
  }

  private PtNDArray buffer(int slots) {
    long[] shape = {config.layers(), config.sharedHeads(), slots, config.headDim()};
    try (IValue sizes = IValue.listFrom(shape);
        IValue type = IValue.from(arithmetic.stateType());
        IValue where = IValue.from(device);
        IValue result = IValueUtils.runMethod(module, "allocate", sizes, type, where)) {
      return result.toTensor(manager);
    }
  }

  /** Moves slots [source, source + count) to the front. */
  void slide(StateBuffers buffers, int source, int count) {
    try (IValue keys = IValue.from(buffers.keys);
        IValue values = IValue.from(buffers.values);
        IValue from = IValue.from(source);
        IValue number = IValue.from(count)) {
      IValueUtils.runMethod(module, "slide", keys, values, from, number).close();
    }
  }

  /** Copies slots [from, from + count) of one state to the front of another. */
  void copy(StateBuffers source, StateBuffers target, int from, int count) {
    for (int i = 0; i < 2; i++) {
      try (IValue a = IValue.from(i == 0 ? source.keys : source.values);
          IValue b = IValue.from(i == 0 ? target.keys : target.values);
          IValue start = IValue.from(from);
          IValue number = IValue.from(count)) {
        IValueUtils.runMethod(module, "copy_slots", a, b, start, number).close();
      }
    }
  }

  /** The raw bytes of slots [from, from + count) of one layer. */
  byte[] read(PtNDArray buffer, int layer, int from, int count) {
    try (PtNDManager pass = (PtNDManager) manager.newSubManager();
        IValue a = IValue.from(buffer);
        IValue number = IValue.from(layer);
        IValue start = IValue.from(from);
        IValue length = IValue.from(count);
        IValue result = IValueUtils.runMethod(module, "read_slots", a, number, start, length)) {
      return result.toTensor(pass).toByteArray();
    }
  }

  /** Writes what {@link #read} gave to the front of a layer. */
  void write(PtNDArray buffer, int layer, int count, byte[] bytes) {
    try (PtNDManager pass = (PtNDManager) manager.newSubManager(ai.djl.Device.cpu());
        IValue a = IValue.from(buffer);
        IValue number = IValue.from(layer);
        IValue length = IValue.from(count);
        IValue raw = IValue.from(bytes(pass, bytes))) {
      IValueUtils.runMethod(module, "write_slots", a, number, length, raw).close();
    }
  }

  private static PtNDArray bytes(NDManager manager, byte[] bytes) {
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    return (PtNDArray) manager.create(direct, new Shape(bytes.length), DataType.UINT8);
  }

  /** One forward pass over all rows; their choices in the same order. */
  List<Choices> advance(List<Row> rows) {
    PassInput input = PassInput.of(rows);
    memory.fed(input.tokens().length);
    try (PtNDManager pass = (PtNDManager) manager.newSubManager(ai.djl.Device.cpu());
        IValue keys =
            IValue.listFrom(rows.stream().map(r -> r.buffers().keys).toArray(PtNDArray[]::new));
        IValue values =
            IValue.listFrom(rows.stream().map(r -> r.buffers().values).toArray(PtNDArray[]::new));
        IValue table = IValue.from(longs(pass, input.table(), rows.size(), 4));
        IValue tokens = IValue.from(longs(pass, input.tokens(), input.tokens().length));
        IValue wanted = IValue.from(longs(pass, input.wanted(), input.wanted().length));
        IValue probes = IValue.from(longs(pass, input.probes(), input.probes().length));
        IValue result =
            IValueUtils.runMethod(
                module, "advance", weights, hyper, keys, values, table, tokens, wanted, probes)) {
      List<PtNDArray> parts = new ArrayList<>();
      for (IValue part : result.toIValueTuple()) {
        try (part) {
          parts.add(part.toTensor(pass));
        }
      }
      if (input.wanted().length == 0) {
        return input.split(new long[0], new float[0], new float[0]);
      }
      float[] probabilities =
          input.probes().length == 0 ? new float[0] : parts.get(1).toFloatArray();
      return input.split(parts.get(0).toLongArray(), probabilities, parts.get(2).toFloatArray());
    }
  }

  /** All logits after each token of one row; for tests. */
  float[] logits(Row row) {
    PassInput input = PassInput.of(List.of(row));
    try (PtNDManager pass = (PtNDManager) manager.newSubManager(ai.djl.Device.cpu());
        IValue keys = IValue.listFrom(row.buffers().keys);
        IValue values = IValue.listFrom(row.buffers().values);
        IValue table = IValue.from(longs(pass, input.table(), 1, 4));
        IValue tokens = IValue.from(longs(pass, input.tokens(), input.tokens().length));
        IValue wanted = IValue.from(longs(pass, input.wanted(), input.wanted().length));
        IValue probes = IValue.from(longs(pass, new long[0], 0));
        IValue result =
            IValueUtils.runMethod(
                module, "logits", weights, hyper, keys, values, table, tokens, wanted, probes)) {
      return result.toTensor(pass).toFloatArray();
    }
  }

  /** What the decoder file says its source's digest is. */
  String digest() {
    try (IValue result = IValueUtils.runMethod(module, "digest")) {
      return result.toStringValue();
    }
  }

  private static PtNDArray longs(NDManager manager, long[] data, long... shape) {
    ByteBuffer direct =
        ByteBuffer.allocateDirect(Math.max(1, data.length) * Long.BYTES)
            .order(java.nio.ByteOrder.nativeOrder());
    direct.asLongBuffer().put(data);
    direct.limit(data.length * Long.BYTES);
    return (PtNDArray)
        manager.create(direct, new Shape(Arrays.copyOf(shape, shape.length)), DataType.INT64);
  }

  @Override
  public void close() {
    hyper.close();
    weights.close();
    manager.close();
  }
}
