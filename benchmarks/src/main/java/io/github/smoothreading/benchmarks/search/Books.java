package io.github.smoothreading.benchmarks.search;

import io.github.smoothreading.text.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Checkouts of Standard Ebooks as documents: one for each chapter, paragraphs with empty lines
 * between them, without note marks.
 */
final class Books {
  private static final String EPUB = "http://www.idpf.org/2007/ops";

  private Books() {}

  /**
   * Reads all books in a folder.
   *
   * @return texts by id: book, slash, chapter
   */
  static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    List<Path> books;
    try (Stream<Path> entries = Files.isDirectory(folder) ? Files.list(folder) : Stream.of()) {
      books =
          entries
              .filter(book -> Files.isDirectory(book.resolve("src/epub/text")))
              .sorted()
              .toList();
    }
    if (books.isEmpty()) {
      throw new IOException(
          "no books in '%s'; fetch them with benchmarks/get-books.sh %s".formatted(folder, folder));
    }
    for (Path book : books) {
      try (Stream<Path> files = Files.list(book.resolve("src/epub/text"))) {
        for (Path file : files.sorted().toList()) {
          String text = chapter(file);
          if (!text.isBlank()) {
            String name = file.getFileName().toString().replace(".xhtml", "");
            texts.put(book.getFileName() + "/" + name, text);
          }
        }
      }
    }
    return texts;
  }

  /** The documents, with author, work and chapter as header. */
  static List<Part> parts(Map<String, String> texts) {
    List<Part> parts = new ArrayList<>();
    texts.forEach(
        (id, text) ->
            parts.add(new Part(id, title(id), text.length(), () -> new StringReader(text))));
    return parts;
  }

  private static String title(String id) {
    String[] names = id.split("[_/]");
    String chapter = names[names.length - 1];
    return "%s, %s, %s".formatted(words(names[0]), words(names[1]), words(chapter));
  }

  private static String words(String name) {
    StringBuilder words = new StringBuilder();
    for (String word : name.split("-")) {
      words.append(words.isEmpty() ? "" : " ").append(Character.toUpperCase(word.charAt(0)));
      words.append(word, 1, word.length());
    }
    return words.toString();
  }

  /** The text of a file of the book's body; of any other, nothing. */
  private static String chapter(Path file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in, "UTF-8");
      List<String> paragraphs = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      int note = 0;
      boolean body = false;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          String type = String.valueOf(xml.getAttributeValue(EPUB, "type"));
          body |= xml.getLocalName().equals("body") && type.contains("bodymatter");
          note += note > 0 || type.contains("noteref") ? 1 : 0;
          if (xml.getLocalName().equals("br")) {
            text.append(' ');
          }
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          note -= note > 0 ? 1 : 0;
          if (xml.getLocalName().matches("p|h[1-6]|li|td|dt|dd")) {
            add(paragraphs, text);
          }
        } else if (event == XMLStreamConstants.CHARACTERS && body && note == 0) {
          text.append(xml.getText());
        }
      }
      add(paragraphs, text);
      return String.join("\n\n", paragraphs);
    } catch (XMLStreamException e) {
      throw new IOException("'%s' is not XHTML: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void add(List<String> paragraphs, StringBuilder text) {
    // Hair spaces, word joiners and no-break spaces are for print.
    String plain =
        text.toString()
            .replaceAll("[ \\t\\r\\n\\u2060]+", " ")
            .replace('\u00a0', ' ')
            .replace("\ufeff", "")
            .strip();
    text.setLength(0);
    if (!plain.isEmpty()) {
      paragraphs.add(plain);
    }
  }
}
