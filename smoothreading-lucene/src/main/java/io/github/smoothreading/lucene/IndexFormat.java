package io.github.smoothreading.lucene;

import java.util.Map;

/** The fields of the indexes that {@link LuceneDocumentIndexer} makes, and its mark in a commit. */
final class IndexFormat {
  static final String VERSION = "1";

  /** Id of the document: indexed and stored, in each passage and in the parent. */
  static final String DOCUMENT = "docid";

  /** Number of the passage in its document, from 0: doc values and stored. */
  static final String ORDER = "ord";

  /** Where the passage begins in the document, in UTF-16 code units: stored. */
  static final String START = "start";

  /** Where it ends: stored. */
  static final String END = "end";

  /** The passage: indexed with offsets and stored. */
  static final String TEXT = "text";

  /** Title of the document: stored in each passage and in the parent. */
  static final String TITLE = "title";

  /** {@code parent} in the last Lucene document of a block. */
  static final String TYPE = "type";

  static final String PARENT = "parent";

  /** SHA-256 of title, text and passage length: stored in the parent. */
  static final String HASH = "hash";

  private static final String FORMAT_KEY = "smoothreading.format";
  private static final String ANALYZER_KEY = "smoothreading.analyzer";

  private IndexFormat() {}

  static Map<String, String> userData(String analyzer) {
    return Map.of(FORMAT_KEY, VERSION, ANALYZER_KEY, analyzer);
  }

  static boolean isOwn(Map<String, String> userData) {
    return userData.containsKey(FORMAT_KEY);
  }

  static String analyzer(Map<String, String> userData) {
    return userData.getOrDefault(ANALYZER_KEY, "?");
  }
}
