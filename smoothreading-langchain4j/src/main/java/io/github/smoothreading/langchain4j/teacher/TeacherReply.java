package io.github.smoothreading.langchain4j.teacher;

import io.github.smoothreading.summary.Action;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the teacher wrote about a chunk.
 *
 * <p>Only what cannot change the meaning is forgiven: bold labels, a code fence around the reply,
 * thoughts before it, a clue that goes on in the next line.
 *
 * @param clues what it calls new clues, as written
 * @param action what it chose
 * @param answer what stands after ANSWER; present with STOP, empty with READ
 */
record TeacherReply(List<String> clues, Action action, Optional<String> answer) {
  private static final Pattern THOUGHTS =
      Pattern.compile("\\A\\s*<think>.*?</think>", Pattern.DOTALL);
  private static final Pattern CODE_FENCE =
      Pattern.compile("\\A```\\w*\\R(.*?)\\R?```\\z", Pattern.DOTALL);
  private static final Pattern LABEL =
      Pattern.compile(
          "[*#\\s]*(CLUES|REASON|ACTION|ANSWER)[*\\s]*:[*\\s]*(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern BULLET =
      Pattern.compile("(?:[-\\u2022]\\s*|\\*\\s+|\\d+[.)]\\s+)(.*)");
  private static final String[] QUOTES = {
    "\"\"", "\u201c\u201d", "''", "\u2018\u2019", "\u00ab\u00bb"
  };

  private enum Label {
    CLUES,
    REASON,
    ACTION,
    ANSWER
  }

  /**
   * Takes a reply apart.
   *
   * @throws IllegalArgumentException if it is not of the form; the message says what is wrong
   */
  static TeacherReply parse(String reply) {
    Map<Label, List<String>> sections = sections(unwrapped(reply));
    for (Label needed : List.of(Label.CLUES, Label.ACTION)) {
      if (!sections.containsKey(needed)) {
        throw new IllegalArgumentException("it has no %s".formatted(needed));
      }
    }
    Action action = action(joined(sections, Label.ACTION));
    String answer = joined(sections, Label.ANSWER);
    if (action == Action.STOP && Texts.blank(answer)) {
      throw new IllegalArgumentException("it has STOP without an ANSWER");
    }
    return new TeacherReply(
        clues(sections.getOrDefault(Label.CLUES, List.of())),
        action,
        action == Action.STOP ? Optional.of(answer) : Optional.empty());
  }

  private static String unwrapped(String reply) {
    String text = THOUGHTS.matcher(reply).replaceFirst("").strip();
    Matcher fenced = CODE_FENCE.matcher(text);
    return fenced.matches() ? fenced.group(1) : text;
  }

  private static Map<Label, List<String>> sections(String text) {
    Map<Label, List<String>> sections = new EnumMap<>(Label.class);
    Optional<Label> current = Optional.empty();
    for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
      Matcher labelled = LABEL.matcher(line);
      String content = line;
      if (labelled.matches()) {
        Label label = Label.valueOf(labelled.group(1).toUpperCase(Locale.ROOT));
        if (current.isPresent() && current.get().compareTo(label) >= 0) {
          throw new IllegalArgumentException("%s stands behind %s".formatted(label, current.get()));
        }
        current = Optional.of(label);
        sections.put(label, new ArrayList<>());
        content = labelled.group(2).strip();
      }
      if (current.isEmpty()) {
        throw new IllegalArgumentException("something stands before CLUES");
      }
      if (!content.isEmpty()) {
        sections.getOrDefault(current.get(), new ArrayList<>()).add(content);
      }
    }
    return sections;
  }

  private static String joined(Map<Label, List<String>> sections, Label label) {
    return String.join(" ", sections.getOrDefault(label, List.of()));
  }

  private static Action action(String written) {
    String word = written.replaceAll("[*<>\\[\\]`.\\s]", "").toUpperCase(Locale.ROOT);
    for (Action action : Action.values()) {
      if (word.equals(action.name())) {
        return action;
      }
    }
    throw new IllegalArgumentException(
        "its ACTION is '%s', neither READ nor STOP".formatted(written));
  }

  private static List<String> clues(List<String> lines) {
    List<String> clues = new ArrayList<>();
    for (String line : lines) {
      Matcher bullet = BULLET.matcher(line);
      if (bullet.matches()) {
        clues.add(bullet.group(1));
      } else if (clues.isEmpty()) {
        clues.add(line);
      } else {
        clues.set(clues.size() - 1, clues.get(clues.size() - 1) + "\n" + line);
      }
    }
    return clues.stream().map(String::strip).filter(clue -> !nothing(unquoted(clue))).toList();
  }

  /** The clue without quotation marks around it. */
  static String unquoted(String stripped) {
    for (String pair : QUOTES) {
      if (stripped.length() > 2
          && stripped.charAt(0) == pair.charAt(0)
          && stripped.charAt(stripped.length() - 1) == pair.charAt(1)) {
        return stripped.substring(1, stripped.length() - 1).strip();
      }
    }
    return stripped;
  }

  private static boolean nothing(String clue) {
    return Texts.blank(clue) || clue.replaceAll("[.()\\[\\]*]", "").equalsIgnoreCase("none");
  }
}
