/** The backend on DJL and PyTorch: engine, weights and the window decoder. */
@NullMarked
package io.github.smoothreading.backend.djl;

import org.jspecify.annotations.NullMarked;
