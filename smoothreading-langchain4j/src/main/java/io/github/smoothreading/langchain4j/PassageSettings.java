package io.github.smoothreading.langchain4j;

/**
 * What the builders whose result is text from the document have in common.
 *
 * @param <B> the builder itself
 */
public abstract class PassageSettings<B extends PassageSettings<B>> extends ReaderSettings<B> {
  private int surroundingSentences = 1;

  PassageSettings() {}

  /**
   * Sentences shown before and after each clue's own; default 1, 0 shows the clue's own sentence
   * alone.
   */
  public B surroundingSentences(int surroundingSentences) {
    this.surroundingSentences = Checks.atLeast(0, surroundingSentences, "surroundingSentences");
    return self();
  }

  @Override
  int surroundingSentences() {
    return surroundingSentences;
  }
}
