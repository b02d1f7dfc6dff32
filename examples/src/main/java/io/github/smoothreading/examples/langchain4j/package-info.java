/** Smooth Reading in LangChain4j applications, one wiring per program. */
@NullMarked
package io.github.smoothreading.examples.langchain4j;

import org.jspecify.annotations.NullMarked;
