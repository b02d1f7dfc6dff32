/** What came out of readings, and the files that keep it. */
@NullMarked
package io.github.smoothreading.eval.result;

import org.jspecify.annotations.NullMarked;
