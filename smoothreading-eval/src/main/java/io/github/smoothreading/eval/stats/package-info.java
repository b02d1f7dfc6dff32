/** What can be said from a sample: intervals, growth, costs. */
@NullMarked
package io.github.smoothreading.eval.stats;

import org.jspecify.annotations.NullMarked;
