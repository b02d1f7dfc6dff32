package io.github.smoothreading.examples.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import io.github.smoothreading.langchain4j.SmoothReadingMetadata;
import io.github.smoothreading.lucene.Citation;
import io.github.smoothreading.lucene.LuceneAnswer;
import io.github.smoothreading.lucene.LuceneDocumentIndexer;
import io.github.smoothreading.lucene.LuceneReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application gets of a search is what the reader cites. */
class SearchInLangChain4jTest {
  private static final String FACT =
      "The pump was repaired by the harbour master, Odile Marchetti.";

  @Test
  void contentsAreTheCitationsOfTheAnswer(@TempDir Path temp) throws Exception {
    Path documents = Files.createDirectory(temp.resolve("documents"));
    String before = "Nothing of note was done in the harbour this week. ".repeat(20);
    Files.writeString(documents.resolve("logbook.txt"), before + FACT + " " + before);
    Files.writeString(documents.resolve("minutes.txt"), "The council met and talked of benches.");
    Path index = temp.resolve("index");
    try (LuceneDocumentIndexer indexer = LuceneDocumentIndexer.into(index)) {
      indexer.sync(documents);
    }
    try (LuceneReader reader = LuceneReader.over(index).build()) {
      String question = "Who repaired the pump?";
      LuceneAnswer answer = reader.ask(question);
      List<Content> contents = SearchInLangChain4j.retriever(reader).retrieve(Query.from(question));

      assertThat(contents).isNotEmpty().hasSameSizeAs(answer.citations());
      for (int i = 0; i < contents.size(); i++) {
        Citation citation = answer.citations().get(i);
        Metadata metadata = contents.get(i).textSegment().metadata();
        assertThat(contents.get(i).textSegment().text()).contains(citation.quotation());
        assertThat(metadata.getString("document")).isEqualTo(citation.document());
        assertThat(metadata.getString("quotation")).isEqualTo(citation.quotation());
        assertThat(metadata.getString(SmoothReadingMetadata.ANSWER))
            .isEqualTo(answer.answer().orElse(null));
      }
    }
  }
}
