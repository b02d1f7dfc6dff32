/** The command line: suites by name, their runs, pages and comparisons. */
@NullMarked
package io.github.smoothreading.eval;

import org.jspecify.annotations.NullMarked;
