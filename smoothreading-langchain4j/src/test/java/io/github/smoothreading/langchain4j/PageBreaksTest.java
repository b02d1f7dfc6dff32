package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.document.parser.apache.tika.ApacheTikaDocumentParser;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

/** Citations with page numbers. */
class PageBreaksTest {
  private static final String[] PAGES = {
    "The report begins here.",
    "",
    "Sales rose in May. The factory stands in Lund.",
    "The end of it."
  };

  @Test
  void tikaDocumentsCiteTheirPages() throws IOException {
    Document report =
        new ApacheTikaDocumentParser(null, PageBreaks::contentHandler, null, null, true)
            .parse(new ByteArrayInputStream(pdf(PAGES)));
    assertThat(report.text().chars().filter(c -> c == '\f').count()).isEqualTo(3);

    List<Content> contents =
        SmoothReadingContentRetriever.from(WordReader.open(), List.of(report))
            .retrieve(Query.from("Which factory is in Lund?"));

    assertThat(contents).hasSize(1);
    TextSegment segment = contents.get(0).textSegment();
    assertThat(segment.metadata().getString(SmoothReadingMetadata.PAGES)).isEqualTo("3");
    assertThat(segment.text()).isEqualTo("Sales rose in May. The factory stands in Lund.");
    requirePlaces(report, segment);
  }

  @Test
  void pagesParsedOneByOneAreJoined() {
    List<Document> pages =
        List.of(
            Document.from("Page one.", new Metadata().put(Document.FILE_NAME, "book.pdf")),
            Document.from("Page two\ftells of Lund."),
            Document.from("Page three names Lund too."));
    Document book = PageBreaks.join(pages);
    assertThat(book.metadata().getString(Document.FILE_NAME)).isEqualTo("book.pdf");

    DocumentReadingTool tool =
        DocumentReadingTool.builder().reader(WordReader.open()).documents(List.of(book)).build();
    assertThat(tool.readDocument("book.pdf", "What about Lund?", null)).contains(", page 2)");
    assertThatThrownBy(() -> PageBreaks.join(List.of())).hasMessageContaining("no pages");
  }

  @Test
  void cluesOnSeveralPagesNameEach() {
    Document paged = Document.from("Lund is old.\fNothing.\fLund is large.");
    TextSegment segment =
        SmoothReadingContentRetriever.from(WordReader.open(), List.of(paged))
            .retrieve(Query.from("What about Lund?"))
            .get(0)
            .textSegment();
    assertThat(segment.metadata().getString(SmoothReadingMetadata.PAGES)).isEqualTo("1,3");
    assertThat(segment.text()).isEqualTo("Lund is old.\n\nLund is large.");
    requirePlaces(paged, segment);
  }

  @Test
  void segmentsOfTheSplitterNameTheirPages() {
    Document paged = Document.from("Lund is old.\f\f" + "Nothing here. ".repeat(30) + "\fThe end.");
    List<TextSegment> segments =
        SmoothReadingDocumentSplitter.builder()
            .reader(WordReader.open())
            .question("What about Lund?")
            .build()
            .split(paged);
    assertThat(segments)
        .extracting(one -> one.metadata().getString(SmoothReadingMetadata.PAGES))
        .contains("3")
        .allMatch(pages -> pages.matches("[134](,[134])*"));
    assertThat(segments.get(0).metadata().getString(SmoothReadingMetadata.PAGES)).startsWith("1");
    assertThat(segments.get(segments.size() - 1).metadata().getString(SmoothReadingMetadata.PAGES))
        .endsWith("4");
  }

  @Test
  void documentsWithoutPagesHaveNone() {
    TextSegment segment =
        SmoothReadingContentRetriever.from(
                WordReader.open(), List.of(Document.from("Lund is old.")))
            .retrieve(Query.from("What about Lund?"))
            .get(0)
            .textSegment();
    assertThat(segment.metadata().toMap()).doesNotContainKey(SmoothReadingMetadata.PAGES);
  }

  private static void requirePlaces(Document document, TextSegment segment) {
    StringBuilder text = new StringBuilder();
    for (String span : segment.metadata().getString(SmoothReadingMetadata.PASSAGES).split(",")) {
      String[] ends = span.split("-");
      text.append(text.isEmpty() ? "" : "\n\n")
          .append(document.text(), Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }
    assertThat(text).hasToString(segment.text());
  }

  private static byte[] pdf(String... pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (String text : pages) {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
          content.newLineAtOffset(50, 700);
          content.showText(text);
          content.endText();
        }
      }
      document.save(bytes);
    }
    return bytes.toByteArray();
  }
}
