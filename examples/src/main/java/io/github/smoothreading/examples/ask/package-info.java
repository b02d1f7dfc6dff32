/** The main program: asks a question of a document of any length. */
@NullMarked
package io.github.smoothreading.examples.ask;

import org.jspecify.annotations.NullMarked;
