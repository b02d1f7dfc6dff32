package io.github.smoothreading.examples.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentTransformer;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.langchain4j.ChatModelSummarizer;
import io.github.smoothreading.langchain4j.DocumentChat;
import io.github.smoothreading.langchain4j.SmoothReadingChatModel;
import io.github.smoothreading.langchain4j.SmoothReadingDocumentTransformer;
import io.github.smoothreading.langchain4j.SmoothReadingDocumentTransformer.Output;
import io.github.smoothreading.langchain4j.SmoothReadingStreamingChatModel;
import java.util.List;

/** The wirings of the documentation that are no program of their own. */
final class Wirings {
  private Wirings() {}

  static DocumentTransformer transformer(SmoothReader reader) {
    // tag::transformer[]
    DocumentTransformer terms =
        SmoothReadingDocumentTransformer.builder()
            .reader(reader)
            .question("When does this contract end?")
            .output(Output.ADD_METADATA)
            .dropIfNotFound(true)
            .build();
    // end::transformer[]
    return terms;
  }

  static String conversation(SmoothReader reader, ChatModel chatModel, Document lease) {
    // tag::conversation[]
    DocumentChat chat =
        DocumentChat.builder().reader(reader).chatModel(chatModel).document(lease).build();
    String end = chat.ask("When does the lease end?").text();
    DocumentChat.Answer followUp = chat.ask("And who may end it earlier?");
    // end::conversation[]
    return end + followUp.text();
  }

  static List<Object> chatModels(SmoothReader reader, ChatModel chatModel) {
    // tag::chat[]
    ChatModel plain = SmoothReadingChatModel.builder().reader(reader).delegate(chatModel).build();
    StreamingChatModel streaming =
        SmoothReadingStreamingChatModel.builder().reader(reader).delegate(chatModel).build();
    // end::chat[]
    return List.of(plain, streaming);
  }

  static SmoothReader overAChatModel(ChatModel chatModel) {
    // tag::summarizer[]
    ChatModelSummarizer summarizer =
        ChatModelSummarizer.builder().chatModel(chatModel).chunkTokens(4_096).build();
    SmoothReader reader = SmoothReader.builder().summarizer(summarizer).build();
    // end::summarizer[]
    return reader;
  }
}
