/** Place of the reader over Lucene search results. There is none yet. */
@NullMarked
package io.github.smoothreading.lucene;

import org.jspecify.annotations.NullMarked;
