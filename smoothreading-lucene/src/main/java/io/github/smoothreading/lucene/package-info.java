/**
 * Reading what Lucene found: search, gather the passages behind the hits, read them in order, cite.
 *
 * <p>Search ranks passages; the answer often lies across them, or beside them. {@link
 * io.github.smoothreading.lucene.LuceneReader} takes a question through five steps:
 *
 * <ol>
 *   <li><em>Search</em>: BM25 over the question's terms, fused by reciprocal rank with a vector
 *       search where an embedder is given.
 *   <li><em>Gather</em>: the hits and their neighbours, up to a budget in tokens, are copied out of
 *       the index as <em>passages</em>, and the searcher is released. The slow part comes after it.
 *   <li><em>Order</em>: documents by the score of their best hit, passages by position; ranges that
 *       overlap are merged.
 *   <li><em>Read</em>: the passages are one source of parts, each document under its header, and
 *       are read with the memory kept until the answer is there.
 *   <li><em>Cite</em>: each verified clue becomes citations, ranges of stored values whose text is
 *       the quotation.
 * </ol>
 *
 * <p>A user's index is only ever read. {@link io.github.smoothreading.lucene.LuceneDocumentIndexer}
 * makes one of the shape that reads best, for those who have none.
 *
 * <p>All offsets count UTF-16 code units, as {@link String#substring(int, int)} does.
 */
@NullMarked
package io.github.smoothreading.lucene;

import org.jspecify.annotations.NullMarked;
