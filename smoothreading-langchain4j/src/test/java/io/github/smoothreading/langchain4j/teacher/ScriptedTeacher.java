package io.github.smoothreading.langchain4j.teacher;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands where a large chat model would: replies to each part by a rule. */
final class ScriptedTeacher implements ChatModel {
  private static final Pattern PART =
      Pattern.compile(
          "Question: (.*?)\n\n"
              + "Notes so far:\n"
              + "- (.*?)\n\n"
              + "The part of the text between the lines (=[= 0-9]*):\n"
              + "\\3\n"
              + "(.*)\n"
              + "\\3\n\n"
              + "(.*)",
          Pattern.DOTALL);

  final List<List<ChatMessage>> requests = new CopyOnWriteArrayList<>();
  private final Function<Part, String> script;

  ScriptedTeacher(Function<Part, String> script) {
    this.script = script;
  }

  /**
   * What a request says of its part.
   *
   * @param again whether the form of the last reply was complained about
   */
  record Part(
      String question, String notes, String chunk, boolean last, boolean all, boolean again) {}

  /** Reads rightly: notes the sentence where it stands, and stops with the answer. */
  static String rightly(Part part, String sentence, String answer) {
    boolean here = part.chunk().contains(sentence);
    boolean known = part.notes().contains(sentence);
    String clue = here && !known ? sentence : "none";
    boolean stop = part.last() || (here || known) && !part.all();
    return stop ? stop(clue, here || known ? answer : "NOT FOUND") : read(clue);
  }

  static String read(String clue) {
    return "CLUES:\n- %s\nREASON: so it is.\nACTION: READ".formatted(clue);
  }

  static String stop(String clue, String answer) {
    return "CLUES:\n- %s\nREASON: so it is.\nACTION: STOP\nANSWER: %s".formatted(clue, answer);
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    requests.add(request.messages());
    return ChatResponse.builder().aiMessage(AiMessage.from(script.apply(part(request)))).build();
  }

  private static Part part(ChatRequest request) {
    boolean again = false;
    for (int i = request.messages().size() - 1; i >= 0; i--) {
      if (request.messages().get(i) instanceof UserMessage user) {
        Matcher part = PART.matcher(user.singleText());
        if (part.matches()) {
          String stage = part.group(5);
          return new Part(
              part.group(1),
              part.group(2),
              part.group(4),
              stage.startsWith("This is the last"),
              stage.contains("needs all"),
              again);
        }
        again = true;
      }
    }
    throw new AssertionError("no part in " + request.messages());
  }
}
