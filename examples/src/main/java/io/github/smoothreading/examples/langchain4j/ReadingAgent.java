package io.github.smoothreading.examples.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.UserMessage;
import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.langchain4j.DocumentReadingTool;
import io.github.smoothreading.langchain4j.ReadingCall;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * An agent that reads documents with a tool. A {@link StandInAgent} takes the part of the chat
 * model, so that the example runs without a paid service: put yours in its place.
 */
public final class ReadingAgent {
  // tag::assistant[]
  interface Assistant {
    Result<String> ask(@UserMessage String question, InvocationParameters parameters);
  }

  // end::assistant[]

  private ReadingAgent() {}

  /** Takes a question and a folder, or neither. */
  public static void main(String[] args) {
    String question = Documents.argument(args, 0, "Who leads the training of new volunteers?");
    try (SmoothReader reader = SmoothReader.open()) {
      ask(reader, Documents.from(args, 1), new StandInAgent(), question, System.out);
    }
  }

  static Result<String> ask(
      SmoothReader reader,
      List<Document> documents,
      ChatModel chatModel,
      String question,
      PrintStream out) {
    // tag::tool[]
    DocumentReadingTool tool =
        DocumentReadingTool.builder().reader(reader).documents(documents).build();
    Assistant agent = AiServices.builder(Assistant.class).chatModel(chatModel).tools(tool).build();
    // end::tool[]
    // tag::call[]
    ReadingCall call =
        ReadingCall.builder()
            .deadline(Duration.ofMinutes(5))
            .listener(
                (document, event) -> {
                  if (event instanceof ReadingEvent.ChunkRead chunk) {
                    out.printf(
                        "%s: %d of %d characters%n",
                        document, chunk.charsRead(), chunk.charsTotal());
                  }
                })
            .build();
    Result<String> result = agent.ask(question, call.parameters());
    // end::call[]
    result
        .toolExecutions()
        .forEach(one -> out.printf("%n%s -> %s%n", one.request().name(), one.result()));
    out.printf("%n%s%n", result.content());
    return result;
  }
}
