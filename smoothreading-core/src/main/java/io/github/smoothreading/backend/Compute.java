package io.github.smoothreading.backend;

/** The arithmetic in which a model runs. */
public enum Compute {
  /** The fastest that this machine and this model allow. */
  AUTO,
  /** 32-bit floating point: the exact variant. */
  FP32,
  /** bfloat16. */
  BF16,
  /** 16-bit floating point; accelerators only. */
  FP16,
  /** bfloat16 for many tokens, weights of 8 bits for few; CPU only. */
  INT8,
  /** bfloat16 for many tokens, weights of 4 bits in groups of 32 for few; CPU only. */
  INT4
}
