package io.github.smoothreading.langchain4j;

import io.github.smoothreading.summary.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A chat model's notes on one chunk.
 *
 * @param clues the new clues
 * @param reason the justification
 * @param action the choice
 * @param problem what is wrong with the reply, if it is not of the asked form; then there are no
 *     clues, and reading goes on
 */
record ChatReply(List<String> clues, String reason, Action action, Optional<String> problem) {
  static ChatReply parse(String reply) {
    List<String> clues = new ArrayList<>();
    String reason = "";
    Optional<Action> action = Optional.empty();
    boolean inClues = false;
    for (String line : reply.lines().map(String::strip).toList()) {
      String upper = line.replace("*", "").toUpperCase(Locale.ROOT);
      if (upper.startsWith("CLUES:")) {
        inClues = true;
        add(clues, line.substring(line.indexOf(':') + 1));
      } else if (upper.startsWith("REASON:")) {
        inClues = false;
        reason = line.substring(line.indexOf(':') + 1).replace("**", "").strip();
      } else if (upper.startsWith("ACTION:")) {
        inClues = false;
        String chosen = upper.substring("ACTION:".length());
        action = Optional.of(chosen.contains("STOP") ? Action.STOP : Action.READ);
      } else if (inClues) {
        add(clues, line);
      }
    }
    if (action.isEmpty()) {
      return new ChatReply(
          List.of(),
          "Nothing new: the reply was not of the asked form.",
          Action.READ,
          Optional.of("it has no ACTION"));
    }
    return new ChatReply(List.copyOf(clues), reason, action.get(), Optional.empty());
  }

  private static void add(List<String> clues, String line) {
    String clue = line.replaceFirst("^[-*\\u2022]+\\s+", "").replace("**", "").strip();
    boolean quoted =
        clue.length() > 2
            && (clue.startsWith("\"") && clue.endsWith("\"")
                || clue.startsWith("\u201c") && clue.endsWith("\u201d"));
    String plain = quoted ? clue.substring(1, clue.length() - 1).strip() : clue;
    if (!plain.isEmpty()
        && !plain.replace(".", "").equalsIgnoreCase("none")
        && !clues.contains(plain)) {
      clues.add(plain);
    }
  }
}
