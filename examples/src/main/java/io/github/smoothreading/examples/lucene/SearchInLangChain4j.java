package io.github.smoothreading.examples.lucene;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import io.github.smoothreading.langchain4j.SmoothReadingMetadata;
import io.github.smoothreading.lucene.Citation;
import io.github.smoothreading.lucene.LuceneAnswer;
import io.github.smoothreading.lucene.LuceneReader;
import java.nio.file.Path;
import java.util.List;

/** A reader over a Lucene index as the content retriever of a LangChain4j application. */
public final class SearchInLangChain4j {
  private SearchInLangChain4j() {}

  /** Takes an index and a question. */
  public static void main(String[] args) {
    try (LuceneReader reader = LuceneReader.over(Path.of(args[0])).build()) {
      for (Content content : retriever(reader).retrieve(Query.from(args[1]))) {
        TextSegment found = content.textSegment();
        System.out.printf("%s%n  %s%n", found.text(), found.metadata().toMap());
      }
    }
  }

  /** One content per citation: the quotation in its surroundings, and as metadata its place. */
  static ContentRetriever retriever(LuceneReader reader) {
    // tag::retriever[]
    ContentRetriever retriever =
        query -> {
          LuceneAnswer answer = reader.ask(query.text());
          return contents(answer);
        };
    // end::retriever[]
    return retriever;
  }

  private static List<Content> contents(LuceneAnswer answer) {
    return answer.citations().stream().map(citation -> content(answer, citation)).toList();
  }

  private static Content content(LuceneAnswer answer, Citation citation) {
    Metadata metadata =
        new Metadata()
            .put("document", citation.document())
            .put("title", citation.title())
            .put("field", citation.field())
            .put("quotation", citation.quotation())
            .put(SmoothReadingMetadata.START_OFFSET, (long) citation.start())
            .put(SmoothReadingMetadata.END_OFFSET, (long) citation.end());
    answer.answer().ifPresent(text -> metadata.put(SmoothReadingMetadata.ANSWER, text));
    return Content.from(TextSegment.from(citation.snippet().text(), metadata));
  }
}
