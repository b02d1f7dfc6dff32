/** Making readings to train on with a large chat model. */
@NullMarked
package io.github.smoothreading.examples.teach;

import org.jspecify.annotations.NullMarked;
