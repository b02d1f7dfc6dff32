package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.AiMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A conversation: the reader finds, the chat model speaks. */
class DocumentChatTest {
  private static final Document LEASE =
      Document.from(
          "This lease is between Ada and Bo. The rent is due monthly. The lease ends in June. "
              + "Pets are allowed. A fine is paid for noise.",
          new Metadata().put(Document.FILE_NAME, "lease.txt"));

  /** Makes follow-ups whole as a chat model would, and otherwise says what it was given. */
  private final ScriptedChatModel model =
      new ScriptedChatModel(
          request -> {
            String text = ScriptedChatModel.lastText(request);
            return AiMessage.from(
                text.contains("Reformulate") ? "Which animals? Pets" : "Given: " + text);
          });

  private DocumentChat.Builder chat() {
    return DocumentChat.builder().reader(WordReader.open()).chatModel(model).document(LEASE);
  }

  @Test
  void answersFromVerifiedCluesAlone() {
    DocumentChat.Answer answer = chat().surroundingSentences(0).build().ask("When it ends?");

    assertThat(answer.text())
        .startsWith("Given: When it ends?")
        .contains("The lease ends in June.")
        .contains("lease.txt")
        .doesNotContain("Pets");
    assertThat(answer.question()).isEqualTo("When it ends?");
    assertThat(answer.sources()).hasSize(1);
    assertThat(answer.sources().get(0).textSegment().metadata().getString(Document.FILE_NAME))
        .isEqualTo("lease.txt");
    assertThat(model.requests).hasSize(1);
  }

  @Test
  void followUpsAreMadeWholeAndReadFor() {
    DocumentChat chat = chat().surroundingSentences(0).build();
    chat.ask("When it ends?");
    DocumentChat.Answer second = chat.ask("And which animals are all right?");

    assertThat(second.question()).isEqualTo("Which animals? Pets");
    assertThat(second.text()).contains("Pets are allowed.");
    // The answer is asked with the conversation before it.
    assertThat(model.requests.get(2).messages()).hasSize(4);
  }

  @Test
  void theChatModelIsNotAskedWithoutClues() {
    DocumentChat.Answer answer = chat().build().ask("Where is the garage?");
    assertThat(answer.text()).isEqualTo("The documents do not answer this question.");
    assertThat(answer.sources()).isEmpty();
    assertThat(chat().build().ask("Please invent something").sources()).isEmpty();
    assertThat(model.requests).isEmpty();
  }

  @Test
  void callsCanBeCancelled() {
    ReadingCall call = ReadingCall.create();
    call.cancel();
    assertThat(chat().build().ask("When it ends?", call).sources()).isEmpty();
  }

  @Test
  void forgetsWhatIsLongAgo() {
    DocumentChat chat = chat().rememberedQuestions(1).build();
    for (int i = 0; i < 5; i++) {
      chat.ask("Question " + i + " about Pets");
    }
    assertThat(model.requests)
        .allSatisfy(request -> assertThat(request.messages()).hasSizeLessThanOrEqualTo(4));
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> DocumentChat.builder().reader(WordReader.open()).build())
        .hasMessageContaining("chatModel is missing");
    assertThatThrownBy(
            () -> DocumentChat.builder().reader(WordReader.open()).chatModel(model).build())
        .hasMessageContaining("documents");
    assertThatThrownBy(() -> chat().documents(List.of()).build()).hasMessageContaining("documents");
  }
}
