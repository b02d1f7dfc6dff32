package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import java.util.List;
import java.util.stream.Collectors;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Documents with pages: their text has a form feed between two pages, as many plain text files
 * have.
 *
 * <p>Such a document is read page by page as parts of one text, so each clue lies within one page,
 * and {@link SmoothReadingMetadata#PAGES} names it. A sentence that runs over a page's end is
 * quoted up to there.
 *
 * <pre>{@code
 * // Apache Tika knows the pages of a PDF file, but LangChain4j's parser drops them by default:
 * new ApacheTikaDocumentParser(null, PageBreaks::contentHandler, null, null, true)
 * }</pre>
 */
public final class PageBreaks {
  private PageBreaks() {}

  /**
   * A handler for LangChain4j's {@code ApacheTikaDocumentParser} that keeps the page breaks Tika
   * reports. Use one per file.
   */
  public static ContentHandler contentHandler() {
    return new PageMarkingHandler();
  }

  /**
   * One document from one per page, in order, with the metadata of the first. For parsers that give
   * pages one by one, such as LangChain4j's PDFBox parser on single pages. Blank pages are counted.
   *
   * @throws IllegalArgumentException if there is no page, or no page has text
   */
  public static Document join(List<Document> pages) {
    if (pages.isEmpty()) {
      throw new IllegalArgumentException("there are no pages to join");
    }
    String text =
        pages.stream()
            .map(page -> page.text().replace('\f', '\n'))
            .collect(Collectors.joining("\f"));
    return Document.from(text, pages.get(0).metadata().copy());
  }

  /** Writes down the text of the body, as Tika's own handler does, and where pages begin. */
  private static final class PageMarkingHandler extends DefaultHandler {
    private final StringBuilder text = new StringBuilder();
    private boolean inBody;
    private boolean pageSeen;

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
      String name = localName.isEmpty() ? qName : localName;
      if (name.equals("body")) {
        inBody = true;
      } else if (inBody && name.equals("div") && "page".equals(attributes.getValue("class"))) {
        if (pageSeen) {
          text.append('\f');
        }
        pageSeen = true;
      }
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
      if ((localName.isEmpty() ? qName : localName).equals("body")) {
        inBody = false;
      }
    }

    @Override
    public void characters(char[] chars, int start, int length) {
      if (inBody) {
        // A form feed of the text itself would be taken for a page's end.
        text.append(new String(chars, start, length).replace('\f', '\n'));
      }
    }

    @Override
    public void ignorableWhitespace(char[] chars, int start, int length) {
      characters(chars, start, length);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
