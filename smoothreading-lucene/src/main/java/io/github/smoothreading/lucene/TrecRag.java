package io.github.smoothreading.lucene;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes the answer format of the TREC RAG track. */
final class TrecRag {
  /** The track takes no more references. */
  private static final int REFERENCES = 20;

  private TrecRag() {}

  static String of(LuceneAnswer answer, String runId, String topicId) {
    Set<String> ids = new LinkedHashSet<>();
    answer.citations().forEach(citation -> ids.add(citation.entry()));
    answer.read().forEach(passage -> ids.add(passage.entry()));
    List<String> references = ids.stream().limit(REFERENCES).toList();
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("run_id", runId);
    json.put("topic_id", topicId);
    json.put("topic", answer.question());
    ArrayNode list = json.putArray("references");
    references.forEach(list::add);
    String text = answer.answer().orElse("");
    json.put("response_length", text.isBlank() ? 0 : text.strip().split("\\s+").length);
    ArrayNode sentences = json.putArray("answer");
    for (String sentence : sentences(text)) {
      ObjectNode one = sentences.addObject();
      one.put("text", sentence);
      ArrayNode citations = one.putArray("citations");
      supporting(answer, sentence).stream()
          .map(references::indexOf)
          .filter(index -> index >= 0)
          .forEach(citations::add);
    }
    return json.toString();
  }

  private static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      String sentence = text.substring(from, to).strip();
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
      from = to;
    }
    return sentences;
  }

  /** Ids of the citations that hold the sentence's words; of all citations if none does. */
  private static Set<String> supporting(LuceneAnswer answer, String sentence) {
    Set<String> all = new LinkedHashSet<>();
    Set<String> holding = new LinkedHashSet<>();
    String wanted = plain(sentence);
    for (Citation citation : answer.citations()) {
      all.add(citation.entry());
      if (plain(citation.quotation()).contains(wanted)) {
        holding.add(citation.entry());
      }
    }
    return holding.isEmpty() ? all : holding;
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
