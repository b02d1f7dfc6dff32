package io.github.smoothreading.langchain4j;

import dev.langchain4j.model.input.PromptTemplate;
import dev.langchain4j.rag.content.injector.DefaultContentInjector;
import java.util.Optional;

/** Tells the question from the text to be read in a long user message. */
@FunctionalInterface
public interface PromptFormat {
  /** The two parts; empty if the message is not of this format. */
  Optional<Parts> parts(String message);

  /**
   * A message, taken apart.
   *
   * @param question what to read for
   * @param text what to read
   */
  record Parts(String question, String text) {}

  /**
   * What LangChain4j's {@link DefaultContentInjector} makes of a question and retrieved contents:
   * the default.
   */
  static PromptFormat injectedContents() {
    return injectedBy(DefaultContentInjector.DEFAULT_PROMPT_TEMPLATE);
  }

  /**
   * What a {@link DefaultContentInjector} with a template of your own makes.
   *
   * @param template with {@code {{userMessage}}} and {@code {{contents}}}, each once, and text
   *     between them
   * @throws IllegalArgumentException if it has not
   */
  static PromptFormat injectedBy(PromptTemplate template) {
    return new TemplateFormat(template.template());
  }

  /** The text first, the question in the last paragraph, after an empty line. */
  static PromptFormat questionLast() {
    return message -> {
      String stripped = message.strip();
      int at = stripped.lastIndexOf("\n\n");
      return of(at < 0 ? "" : stripped.substring(at), at < 0 ? "" : stripped.substring(0, at));
    };
  }

  /** The question in the first paragraph, the text after an empty line. */
  static PromptFormat questionFirst() {
    return message -> {
      String stripped = message.strip();
      int at = stripped.indexOf("\n\n");
      return of(at < 0 ? "" : stripped.substring(0, at), at < 0 ? "" : stripped.substring(at));
    };
  }

  /** Both parts without white space around them; empty if one is. */
  private static Optional<Parts> of(String question, String text) {
    return question.isBlank() || text.isBlank()
        ? Optional.empty()
        : Optional.of(new Parts(question.strip(), text.strip()));
  }
}
