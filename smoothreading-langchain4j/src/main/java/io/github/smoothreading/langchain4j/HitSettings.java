package io.github.smoothreading.langchain4j;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the builders that begin with another retriever's hits have in common.
 *
 * @param <B> the builder itself
 */
public abstract class HitSettings<B extends HitSettings<B>> extends PassageSettings<B> {
  private @Nullable ParentResolver parentResolver;
  private int maxDocuments = Integer.MAX_VALUE;
  private boolean keepUnresolved = true;
  private boolean keepUnanswered;
  private boolean onlyVerified;

  HitSettings() {}

  /** Finds the document behind a hit; required. */
  public B parentResolver(ParentResolver parentResolver) {
    this.parentResolver = Objects.requireNonNull(parentResolver, "parentResolver");
    return self();
  }

  /** Most documents to read, those with the best-ranked hits first; default no limit. */
  public B maxDocuments(int maxDocuments) {
    this.maxDocuments = Checks.atLeast(1, maxDocuments, "maxDocuments");
    return self();
  }

  /**
   * Whether hits whose document cannot be found are passed on as they are; default true, else they
   * are dropped.
   */
  public B keepUnresolved(boolean keepUnresolved) {
    this.keepUnresolved = keepUnresolved;
    return self();
  }

  /**
   * Whether a document that does not answer is represented by its best hit; default false, then it
   * is dropped: it was read, and there was nothing.
   */
  public B keepUnanswered(boolean keepUnanswered) {
    this.keepUnanswered = keepUnanswered;
    return self();
  }

  /**
   * Whether to leave out answers without a verified clue; default false, then the content's text is
   * the answer in the model's own words, with {@link SmoothReadingMetadata#VERIFIED_CLUES} 0.
   */
  public B onlyVerified(boolean onlyVerified) {
    this.onlyVerified = onlyVerified;
    return self();
  }

  boolean hasParentResolver() {
    return parentResolver != null;
  }

  ParentResolver parentResolver() {
    return Checks.given(
        parentResolver, "parentResolver", "give what finds the document behind a hit");
  }

  int maxDocuments() {
    return maxDocuments;
  }

  boolean keepUnresolved() {
    return keepUnresolved;
  }

  boolean keepUnanswered() {
    return keepUnanswered;
  }

  boolean onlyVerified() {
    return onlyVerified;
  }
}
