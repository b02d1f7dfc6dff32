/** Reading a document with a question: the reader, its options, and the reading it returns. */
@NullMarked
package io.github.smoothreading;

import org.jspecify.annotations.NullMarked;
