package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.segment.TextSegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the document that a retrieved segment was cut from. */
@FunctionalInterface
public interface ParentResolver {
  /**
   * The whole document behind {@code hit}; empty if there is none any more. Called once per
   * document and call.
   */
  Optional<Document> resolve(TextSegment hit);

  /**
   * What tells which hits belong to the same document; by default the metadata {@code document_id},
   * else directory and file name, else the URL. Hits without one are never read.
   */
  default Optional<String> id(TextSegment hit) {
    return DocumentIds.id(hit.metadata());
  }

  /**
   * Looks among documents held in memory, by {@link #id}.
   *
   * @throws IllegalArgumentException if a document has none of the metadata that name it, or two
   *     have the same
   */
  static ParentResolver among(Iterable<Document> documents) {
    Map<String, Document> known = new HashMap<>();
    for (Document document : documents) {
      String id =
          DocumentIds.id(document.metadata())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "a document has neither document_id nor file_name nor url in its metadata %s; put one of them before it is split"
                              .formatted(document.metadata())));
      if (known.put(id, document) != null) {
        throw new IllegalArgumentException(
            "two documents are named '%s'; give each a document_id of its own in the metadata"
                .formatted(id));
      }
    }
    return hit -> DocumentIds.id(hit.metadata()).map(known::get);
  }
}
