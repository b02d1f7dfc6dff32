package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import io.github.smoothreading.ReadingEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an agent gets to see. */
class DocumentReadingToolTest {
  private static final String FACT = "The ferry leaves at noon.";
  private static final Document TIMES =
      Document.from(
          "Welcome aboard. " + FACT + " " + "Bring a coat. ".repeat(40),
          new Metadata().put(Document.FILE_NAME, "times.txt"));
  private static final Document MENU =
      Document.from("Soup and bread.", new Metadata().put(Document.FILE_NAME, "menu.txt"));

  private static DocumentReadingTool.Builder tool() {
    return DocumentReadingTool.builder().reader(WordReader.open()).documents(List.of(TIMES, MENU));
  }

  @Test
  void listsDocumentsWithTheirLength() {
    assertThat(tool().build().listDocuments())
        .isEqualTo(
            "times.txt (%d characters)\nmenu.txt (15 characters)".formatted(TIMES.text().length()));
  }

  @Test
  void answersWithQuotationAndPlace() {
    String result =
        tool().build().readDocument(" times.txt ", "When does the ship leave at noon?", null);
    int start = TIMES.text().indexOf(FACT);
    assertThat(result)
        .startsWith("Answer: " + FACT + "\nDocument: times.txt\nNot read: ")
        .endsWith(
            "Quotations:\n- \"%s\" (characters %d to %d)"
                .formatted(FACT, start, start + FACT.length()));
  }

  @Test
  void saysThatADocumentDoesNotAnswer() {
    assertThat(tool().build().readDocument("menu.txt", "When at noon?", null))
        .startsWith("The document was read to the end and does not answer the question.");
  }

  @Test
  void namesTheRightIdsForAWrongOne() {
    DocumentReadingTool tool = tool().build();
    assertThat(tool.readDocument("tmes.txt", "When?", null))
        .contains("no document 'tmes.txt'")
        .contains("times.txt")
        .contains("menu.txt");
    assertThat(tool.readDocument(null, "When?", null)).contains("times.txt");
    assertThat(tool.readDocument("times.txt", "  ", null)).contains("question is empty");
  }

  @Test
  void resultsStaySmall() {
    Map<String, Document> many = new LinkedHashMap<>();
    for (int i = 0; i < 5_000; i++) {
      many.put("document-" + i, MENU);
    }
    DocumentReadingTool tool = tool().documents(many).maxResultChars(300).build();
    assertThat(tool.listDocuments().lines()).hasSize(101).last().asString().contains("4900 more");
    assertThat(tool.readDocument("nothing", "When?", null)).hasSizeLessThanOrEqualTo(300);
    Document rich = Document.from("noon " + "\uD83C\uDF27".repeat(50) + ".");
    String result =
        tool()
            .documents(Map.of("rich", rich))
            .maxResultChars(201)
            .build()
            .readDocument("rich", "When at noon?", null);
    assertThat(result).hasSizeLessThanOrEqualTo(201).endsWith(" ...");
  }

  @Test
  void findsDocumentsThatAreNotListed() {
    DocumentReadingTool tool =
        DocumentReadingTool.builder()
            .reader(WordReader.open())
            .documentProvider(id -> id.equals("x") ? Optional.of(TIMES) : Optional.empty())
            .build();
    assertThat(tool.listDocuments()).contains("not listed");
    assertThat(tool.readDocument("x", "When at noon?", null)).startsWith("Answer: " + FACT);
    assertThat(tool.readDocument("y", "When at noon?", null)).contains("no document 'y'");
  }

  @Test
  void takesTheCallFromTheInvocationParameters() {
    List<ReadingEvent> events = new ArrayList<>();
    ReadingCall call =
        ReadingCall.builder().listener((document, event) -> events.add(event)).build();
    tool().build().readDocument("menu.txt", "When at noon?", call.parameters());
    assertThat(events).hasAtLeastOneElementOfType(ReadingEvent.Finished.class);
    assertThat(call.readings()).hasSize(1);

    ReadingCall over = ReadingCall.create();
    over.cancel();
    assertThat(tool().build().readDocument("menu.txt", "When at noon?", over.parameters()))
        .contains("cancelled");
  }

  @Test
  void saysWhatIsMissingOrDouble() {
    assertThatThrownBy(() -> DocumentReadingTool.builder().reader(WordReader.open()).build())
        .hasMessageContaining("nothing to read");
    assertThatThrownBy(() -> tool().documents(List.of(MENU, MENU)))
        .hasMessageContaining("menu.txt");
  }
}
