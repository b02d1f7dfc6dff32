/**
 * How an answer is scored against the accepted ones, with the same values as the code published
 * with LongBench and RULER.
 */
@NullMarked
package io.github.smoothreading.eval.metric;

import org.jspecify.annotations.NullMarked;
