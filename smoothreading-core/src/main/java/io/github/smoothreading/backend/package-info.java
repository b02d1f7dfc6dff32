/** What the reading loop asks of a language model: the service provider interface of backends. */
@NullMarked
package io.github.smoothreading.backend;

import org.jspecify.annotations.NullMarked;
