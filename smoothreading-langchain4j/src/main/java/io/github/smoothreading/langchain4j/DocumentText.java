package io.github.smoothreading.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import io.github.smoothreading.text.Part;
import io.github.smoothreading.text.Place;
import io.github.smoothreading.text.TextSource;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A LangChain4j document as a source to read: one part, or one per page where form feeds separate
 * pages.
 *
 * <p>Places in the parts are turned back into offsets in the document's text, so that users see one
 * kind of offset only.
 */
final class DocumentText {
  private record Page(String id, int start, int end) {}

  private static final char PAGE_BREAK = '\f';

  private final Document document;
  private final String name;
  private final List<Page> pages = new ArrayList<>();
  private final boolean paged;

  private DocumentText(Document document, String text) {
    this.document = document;
    this.name = DocumentIds.name(document.metadata());
    this.paged = text.indexOf(PAGE_BREAK) >= 0;
    int start = 0;
    for (int number = 1; start <= text.length(); number++) {
      int end = text.indexOf(PAGE_BREAK, start);
      end = end < 0 ? text.length() : end;
      if (!text.substring(start, end).isBlank()) {
        pages.add(new Page(paged ? name + "#page=" + number : name, start, end));
      }
      start = end + 1;
    }
  }

  /** The document's text, or empty if there is nothing but white space in it. */
  static Optional<DocumentText> of(Document document) {
    String text = document.text();
    return text == null || text.isBlank()
        ? Optional.empty()
        : Optional.of(new DocumentText(document, text));
  }

  Document document() {
    return document;
  }

  /** How events and errors name the document. */
  String name() {
    return name;
  }

  String text() {
    return document.text();
  }

  Metadata metadata() {
    return document.metadata().copy();
  }

  TextSource source() {
    List<Part> parts = new ArrayList<>();
    for (Page page : pages) {
      parts.add(
          new Part(
              page.id,
              "",
              page.end - page.start,
              () -> new StringReader(text().substring(page.start, page.end))));
    }
    return TextSource.ofParts(parts);
  }

  /** The place as offsets in the document's text. */
  Span span(Place place) {
    Page page = page(place);
    return new Span(page.start + place.start(), page.start + place.end());
  }

  /** The number of the place's page, from 1; empty for a document without pages. */
  Optional<Integer> pageNumber(Place place) {
    if (!paged) {
      return Optional.empty();
    }
    String id = page(place).id;
    return Optional.of(Integer.valueOf(id.substring(id.lastIndexOf('=') + 1)));
  }

  /** Where the text of the place's page begins and ends. */
  Span pageSpan(Place place) {
    Page page = page(place);
    return new Span(page.start, page.end);
  }

  private Page page(Place place) {
    return pages.stream()
        .filter(page -> page.id.equals(place.part()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no part '%s' in %s".formatted(place.part(), name)));
  }

  /** {@code [start, end)} in a document's text. */
  record Span(long start, long end) {
    @Override
    public String toString() {
      return start + "-" + end;
    }
  }
}
