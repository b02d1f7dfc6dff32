package io.github.smoothreading.langchain4j;

import java.util.Optional;

/** A prompt template, read backwards. */
final class TemplateFormat implements PromptFormat {
  private static final String MESSAGE = "{{userMessage}}";
  private static final String CONTENTS = "{{contents}}";

  private final String before;
  private final String between;
  private final String behind;
  private final boolean messageFirst;

  TemplateFormat(String template) {
    int message = template.indexOf(MESSAGE);
    int contents = template.indexOf(CONTENTS);
    messageFirst = message < contents;
    String first = messageFirst ? MESSAGE : CONTENTS;
    String second = messageFirst ? CONTENTS : MESSAGE;
    int from = template.indexOf(first) + first.length();
    int to = template.indexOf(second);
    if (message < 0 || contents < 0 || template.substring(from, to).isBlank()) {
      throw new IllegalArgumentException(
          "the template '%s' needs %s and %s with text between them"
              .formatted(template, MESSAGE, CONTENTS));
    }
    before = template.substring(0, from - first.length());
    between = template.substring(from, to);
    behind = template.substring(to + second.length());
  }

  @Override
  public Optional<Parts> parts(String message) {
    if (message.length() < before.length() + behind.length()
        || !message.startsWith(before)
        || !message.endsWith(behind)) {
      return Optional.empty();
    }
    String inner = message.substring(before.length(), message.length() - behind.length());
    // The question is short and the contents may hold anything, so the marker next to the question
    // counts.
    int at = messageFirst ? inner.indexOf(between) : inner.lastIndexOf(between);
    if (at < 0) {
      return Optional.empty();
    }
    String first = inner.substring(0, at).strip();
    String second = inner.substring(at + between.length()).strip();
    return first.isEmpty() || second.isEmpty()
        ? Optional.empty()
        : Optional.of(messageFirst ? new Parts(first, second) : new Parts(second, first));
  }
}
