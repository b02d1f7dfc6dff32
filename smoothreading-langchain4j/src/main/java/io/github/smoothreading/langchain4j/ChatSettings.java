package io.github.smoothreading.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.util.List;
import java.util.Objects;

/**
 * What the builders of the two chat models have in common.
 *
 * @param <B> the builder itself
 */
public abstract class ChatSettings<B extends ChatSettings<B>> extends ReaderSettings<B> {
  private PromptFormat promptFormat = PromptFormat.injectedContents();
  private int longerThan;
  private String notFoundText = "The text does not answer this question.";
  private List<ChatModelListener> listeners = List.of();

  ChatSettings() {}

  /**
   * How question and text of a long message are told apart; default {@link
   * PromptFormat#injectedContents()}.
   */
  public B promptFormat(PromptFormat promptFormat) {
    this.promptFormat = Objects.requireNonNull(promptFormat, "promptFormat");
    return self();
  }

  /** Messages of more tokens than this are read; 0, the default, takes the reader's window. */
  public B longerThan(int tokens) {
    this.longerThan = Checks.atLeast(0, tokens, "longerThan");
    return self();
  }

  /**
   * What to say when the text does not answer; default "The text does not answer this question."
   */
  public B notFoundText(String notFoundText) {
    this.notFoundText = Checks.notBlank(notFoundText, "notFoundText");
    return self();
  }

  /** LangChain4j's listeners; default none. */
  public B listeners(List<ChatModelListener> listeners) {
    this.listeners = List.copyOf(listeners);
    return self();
  }

  PromptFormat promptFormat() {
    return promptFormat;
  }

  int longerThan() {
    return longerThan > 0 ? longerThan : reader().capacity().window();
  }

  String notFoundText() {
    return notFoundText;
  }

  List<ChatModelListener> listeners() {
    return listeners;
  }
}
