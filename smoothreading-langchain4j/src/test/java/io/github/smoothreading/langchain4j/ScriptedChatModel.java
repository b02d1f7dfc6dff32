package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Stands where a paid service would: answers by a rule, and remembers what it was asked. */
final class ScriptedChatModel implements ChatModel {
  final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
  private final Function<ChatRequest, AiMessage> script;

  ScriptedChatModel(Function<ChatRequest, AiMessage> script) {
    this.script = script;
  }

  /** Says what the last message said. */
  static ScriptedChatModel echo() {
    return new ScriptedChatModel(request -> AiMessage.from(lastText(request)));
  }

  static String lastText(ChatRequest request) {
    ChatMessage last = request.messages().get(request.messages().size() - 1);
    return last instanceof UserMessage user ? user.singleText() : String.valueOf(last);
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    requests.add(request);
    return ChatResponse.builder().aiMessage(script.apply(request)).build();
  }
}
