package io.github.smoothreading.backend.djl;

import java.util.Locale;

/** Element types that a weight file may hold; the decoder takes {@link #usable} ones only. */
enum StoredType {
  F32(4, true),
  F16(2, true),
  BF16(2, true),
  I8(1, true),
  F64(8, false),
  F8_E5M2(1, false),
  F8_E4M3(1, false),
  I16(2, false),
  I32(4, false),
  I64(8, false),
  U8(1, false),
  U16(2, false),
  U32(4, false),
  U64(8, false),
  BOOL(1, false);

  final int bytes;
  final boolean usable;

  StoredType(int bytes, boolean usable) {
    this.bytes = bytes;
    this.usable = usable;
  }

  static StoredType of(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("unknown element type '" + name + "'", e);
    }
  }
}
