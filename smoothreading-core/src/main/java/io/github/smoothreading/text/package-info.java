/** Text to be read: sources of parts, and the chunks they are cut into. */
@NullMarked
package io.github.smoothreading.text;

import org.jspecify.annotations.NullMarked;
