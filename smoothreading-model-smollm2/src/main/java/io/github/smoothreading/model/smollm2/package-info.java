/** The default model: SmolLM2-135M trained to read through a window. */
@NullMarked
package io.github.smoothreading.model.smollm2;

import org.jspecify.annotations.NullMarked;
