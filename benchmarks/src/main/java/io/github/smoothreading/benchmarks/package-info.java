/** Measurements of speed and memory, run by hand. */
@NullMarked
package io.github.smoothreading.benchmarks;

import org.jspecify.annotations.NullMarked;
