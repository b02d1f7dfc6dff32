/**
 * Questions about documents with known answers: needles in haystacks, LongBench-format files, the
 * built-in suite.
 */
@NullMarked
package io.github.smoothreading.eval.task;

import org.jspecify.annotations.NullMarked;
