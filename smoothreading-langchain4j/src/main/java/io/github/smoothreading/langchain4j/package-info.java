/**
 * Smooth Reading behind LangChain4j's interfaces.
 *
 * <p>Each class stands at one place of a LangChain4j application: a document transformer and a
 * splitter at ingestion, a retriever and an aggregator in retrieval, a tool for agents, chat models
 * for whole messages. All of them borrow a {@link io.github.smoothreading.SmoothReader}, never
 * close it, and can be used by many threads at once.
 *
 * <p>What a reading found travels as metadata, under the keys of {@link
 * io.github.smoothreading.langchain4j.SmoothReadingMetadata}; what one call wants (progress,
 * cancel, a deadline) comes in a {@link io.github.smoothreading.langchain4j.ReadingCall}.
 */
@NullMarked
package io.github.smoothreading.langchain4j;

import org.jspecify.annotations.NullMarked;
