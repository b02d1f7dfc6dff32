package io.github.smoothreading.backend.djl;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Number formats of GGUF files that are read; blocks hold 32 numbers. */
enum GgufType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_1(3, 32, 20),
  Q8_0(8, 32, 34),
  BF16(30, 1, 2);

  private final int id;

  /** Numbers of a block. */
  final int block;

  /** Bytes of a block. */
  final int bytes;

  GgufType(int id, int block, int bytes) {
    this.id = id;
    this.block = block;
    this.bytes = bytes;
  }

  static @Nullable GgufType of(int id) {
    for (GgufType type : values()) {
      if (type.id == id) {
        return type;
      }
    }
    return null;
  }

  /** The numbers in {@code raw}. */
  float[] floats(ByteBuffer raw, int count) {
    float[] values = new float[count];
    for (int at = 0; at < count; at += block) {
      switch (this) {
        case F32 -> values[at] = raw.getFloat();
        case F16 -> values[at] = half(raw.getShort());
        case BF16 -> values[at] = Float.intBitsToFloat(raw.getShort() << 16);
        case Q8_0 -> {
          float scale = half(raw.getShort());
          for (int i = 0; i < 32; i++) {
            values[at + i] = scale * raw.get();
          }
        }
        case Q4_1 -> {
          float scale = half(raw.getShort());
          float least = half(raw.getShort());
          for (int i = 0; i < 16; i++) {
            int pair = raw.get();
            values[at + i] = scale * (pair & 15) + least;
            values[at + 16 + i] = scale * (pair >> 4 & 15) + least;
          }
        }
      }
    }
    return values;
  }

  /** A 16-bit float, as {@code Float.float16ToFloat} of Java 20 reads it. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      float tiny = fraction * 0x1p-24f;
      return sign == 0 ? tiny : -tiny;
    }
    int wide = exponent == 31 ? 255 : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
