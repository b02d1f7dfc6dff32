package io.github.smoothreading.benchmarks.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * A question about the books.
 *
 * @param id its name
 * @param question what is asked
 * @param answers one list for each thing that the answer has to say: any of its wordings will do
 * @param evidence the passages that say so, verbatim; each stands in one chapter only
 */
record Question(String id, String question, List<List<String>> answers, List<String> evidence) {
  /** The questions in the resources, in the order in which they are asked. */
  static List<Question> all() throws IOException {
    List<Question> questions = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream in = Question.class.getResourceAsStream("questions.jsonl");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        questions.add(mapper.readValue(line, Question.class));
      }
    }
    return questions;
  }

  /** Whether two passages are needed. */
  boolean needsTwo() {
    return evidence.size() > 1;
  }

  /** Whether a text says all that the answer has to say. */
  boolean isAnsweredBy(String text) {
    return answers.stream()
        .allMatch(wordings -> wordings.stream().anyMatch(one -> says(text, one)));
  }

  private static boolean says(String text, String wording) {
    String words = Pattern.quote(wording).replace("’", "['’]");
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}])" + words + "(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(text)
        .find();
  }

  /** Complains about evidence that is not in exactly one text. */
  void check(Map<String, String> texts) {
    for (String quotation : evidence) {
      long found = texts.values().stream().filter(text -> text.contains(quotation)).count();
      if (found != 1) {
        throw new IllegalStateException(
            "the evidence of question '%s' stands in %d chapters, not in one: %s; are the books those of get-books.sh?"
                .formatted(id, found, quotation));
      }
    }
  }

  /** Complains about two passages of one chapter that one window could hold. */
  void checkApart(Map<String, String> texts, ToIntFunction<String> tokens, int window) {
    for (String text : needsTwo() ? texts.values() : List.<String>of()) {
      int one = text.indexOf(evidence.get(0));
      int other = text.indexOf(evidence.get(1));
      if (one < 0 || other < 0) {
        continue;
      }
      int apart = tokens.applyAsInt(text.substring(Math.min(one, other), Math.max(one, other)));
      if (apart <= window) {
        throw new IllegalStateException(
            "the passages of question '%s' are only %d tokens apart".formatted(id, apart));
      }
    }
  }
}
