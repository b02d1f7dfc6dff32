package io.github.smoothreading.lucene;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a call of {@link LuceneDocumentIndexer} did.
 *
 * @param added documents that were not in the index
 * @param updated documents whose title or text had changed
 * @param unchanged documents that were left as they are
 * @param deleted documents that are no longer there
 * @param skipped documents that could not be indexed, by id, with the reason; what the index had of
 *     them before is still there
 */
public record IndexingReport(
    int added, int updated, int unchanged, int deleted, Map<String, String> skipped) {
  public IndexingReport {
    skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
  }
}
