/** Place of the adapters to LangChain4j. There is none yet. */
@NullMarked
package io.github.smoothreading.langchain4j;

import org.jspecify.annotations.NullMarked;
