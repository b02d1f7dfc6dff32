package io.github.smoothreading.examples.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Uses the tools as a chat model would, by a fixed plan: list the documents, read each for the
 * question, repeat the answers. It understands nothing.
 */
final class StandInAgent implements ChatModel {
  @Override
  public ChatResponse doChat(ChatRequest request) {
    List<ToolExecutionResultMessage> results =
        request.messages().stream()
            .filter(ToolExecutionResultMessage.class::isInstance)
            .map(ToolExecutionResultMessage.class::cast)
            .toList();
    return ChatResponse.builder().aiMessage(next(question(request), results)).build();
  }

  private static AiMessage next(String question, List<ToolExecutionResultMessage> results) {
    if (results.isEmpty()) {
      return AiMessage.from(call(0, "listDocuments", "{}"));
    }
    if (results.size() == 1) {
      List<ToolExecutionRequest> reads = new ArrayList<>();
      for (String line : results.get(0).text().lines().toList()) {
        String id = line.substring(0, line.lastIndexOf(" ("));
        reads.add(
            call(
                reads.size() + 1,
                "readDocument",
                "{\"documentId\": \"%s\", \"question\": \"%s\"}"
                    .formatted(id, question.replace("\"", "\\\""))));
      }
      return AiMessage.from(reads);
    }
    List<String> answers =
        results.stream()
            .map(ToolExecutionResultMessage::text)
            .filter(text -> text.startsWith("Answer: "))
            .map(text -> text.substring("Answer: ".length(), text.indexOf("\n")))
            .toList();
    return AiMessage.from(
        answers.isEmpty() ? "No document answers this." : String.join("; ", answers));
  }

  private static ToolExecutionRequest call(int id, String name, String arguments) {
    return ToolExecutionRequest.builder().id("" + id).name(name).arguments(arguments).build();
  }

  private static String question(ChatRequest request) {
    for (ChatMessage message : request.messages()) {
      if (message instanceof UserMessage user) {
        return user.singleText();
      }
    }
    throw new IllegalArgumentException("there is no user message in " + request.messages());
  }
}
