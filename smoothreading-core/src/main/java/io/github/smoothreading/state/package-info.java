/** The memory between two chunks, and its checkpoints. */
@NullMarked
package io.github.smoothreading.state;

import org.jspecify.annotations.NullMarked;
