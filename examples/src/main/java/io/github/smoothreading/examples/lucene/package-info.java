/** Reading Lucene search results, one idea per program. */
@NullMarked
package io.github.smoothreading.examples.lucene;

import org.jspecify.annotations.NullMarked;
