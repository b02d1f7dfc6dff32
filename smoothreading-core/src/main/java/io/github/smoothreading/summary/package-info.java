/** Rounds: what the model notes after each chunk, and the places of its clues in the text. */
@NullMarked
package io.github.smoothreading.summary;

import org.jspecify.annotations.NullMarked;
