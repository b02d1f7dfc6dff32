/** Programs that show one use of the reader each. */
@NullMarked
package io.github.smoothreading.examples;

import org.jspecify.annotations.NullMarked;
