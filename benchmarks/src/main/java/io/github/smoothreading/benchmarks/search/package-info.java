/** Measurements of reading search results: how well it answers, and what searching costs. */
@NullMarked
package io.github.smoothreading.benchmarks.search;

import org.jspecify.annotations.NullMarked;
