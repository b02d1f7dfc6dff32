/** The page of a run: tables, heat maps, curves, settings, machine, versions. */
@NullMarked
package io.github.smoothreading.eval.report;

import org.jspecify.annotations.NullMarked;
