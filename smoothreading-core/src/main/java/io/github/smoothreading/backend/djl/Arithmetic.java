package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.BackendException;
import io.github.smoothreading.backend.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The arithmetic that the decoder is told to use, as its source names it, and the bytes of a
 * state's element.
 */
enum Arithmetic {
  FP32("fp32", 4, false),
  BF16("bf16", 2, false),
  FP16("fp16", 2, false),
  INT8("bf16-int8", 2, true),
  INT4("bf16-int4", 2, true);

  /** Its name in the decoder's source. */
  final String label;

  final int bytes;

  /** Whether only the CPU variant of the decoder has it. */
  final boolean cpuOnly;

  Arithmetic(String label, int bytes, boolean cpuOnly) {
    this.label = label;
    this.bytes = bytes;
    this.cpuOnly = cpuOnly;
  }

  /** Type of the numbers in a state: {@code fp32}, {@code bf16} or {@code fp16}. */
  String stateType() {
    return cpuOnly ? BF16.label : label;
  }

  /**
   * What a user's choice means here.
   *
   * @param quantized whether the weights are stored in 8 bits
   * @param cpuVariant whether the CPU variant of the decoder can be loaded
   */
  static Arithmetic of(Compute compute, boolean gpu, boolean quantized, boolean cpuVariant) {
    return switch (compute) {
      case FP32 -> FP32;
      case BF16 -> BF16;
      case FP16 -> {
        if (!gpu) {
          throw new BackendException("FP16 needs a GPU; on a CPU use AUTO, FP32 or BF16");
        }
        yield FP16;
      }
      case INT8, INT4 -> {
        if (gpu || !cpuVariant) {
          throw new BackendException(
              "%s needs a CPU and PyTorch 2.7 or newer; use AUTO, BF16 or FP32".formatted(compute));
        }
        yield compute == Compute.INT8 ? INT8 : INT4;
      }
      case AUTO -> {
        if (gpu) {
          yield BF16;
        }
        if (!fastBfloat16()) {
          yield FP32;
        }
        yield quantized && cpuVariant ? INT8 : BF16;
      }
    };
  }

  /** Whether this CPU multiplies bfloat16 in hardware; without that, 32 bits are faster. */
  static boolean fastBfloat16() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return false;
    }
    try (var lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .map(line -> line.toLowerCase(Locale.ROOT) + " ")
          .filter(
              line ->
                  line.contains("amx_bf16 ")
                      || line.contains("avx512_bf16 ")
                      || line.contains(" bf16 "))
          .isPresent();
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
