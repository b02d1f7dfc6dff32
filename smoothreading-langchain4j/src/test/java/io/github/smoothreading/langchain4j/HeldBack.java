package io.github.smoothreading.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import io.github.smoothreading.Reading;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.text.TextSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Held-back questions, each with a short document that answers it: sentences that the training of
 * the default model never saw, in prose of our own.
 *
 * @param question what to ask
 * @param document prose with the answering sentence in it; its metadata name file and question
 */
record HeldBack(String question, Document document) {
  static final int COUNT = 30;

  private static final Path QUESTIONS = Path.of("..", "training", "eval", "needles.jsonl");

  private static final String[] PROSE = {
    "The gardener had left his boots by the door, and nobody moved them until spring.",
    "On the ferry a man sold oranges from a suitcase and talked about the weather.",
    "The library closes at six, except on the days when it does not open at all.",
    "They repainted the fence twice that year, first green and then a paler green.",
    "A long letter arrived in the morning and was read aloud over breakfast.",
    "The road bends behind the mill, and from there the valley can be seen.",
    "Our neighbour keeps bees, which are quieter than his children.",
    "The bakery smelled of cinnamon, and the queue went round the corner.",
    "Nobody remembered who had brought the folding chairs or why.",
    "It snowed a little at noon, and by evening the roofs were dark again.",
    "The choir practised the same eight bars until the windows rattled.",
    "He counted the stairs on the way up and again on the way down.",
    "The map in the hall was out of date, yet everyone still consulted it.",
    "A grey cat slept on the warm bonnet of the doctor's car.",
    "In the afternoon the harbour was so still that it looked like glass.",
    "The meeting ended early because the kettle had boiled dry."
  };

  /** The first {@link #COUNT} questions, with documents of about {@code sentences} sentences. */
  static List<HeldBack> of(int sentences) {
    ObjectMapper json = new ObjectMapper();
    List<HeldBack> all = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(QUESTIONS).subList(0, COUNT)) {
        JsonNode node = json.readTree(line);
        String id = node.get("id").asText();
        String question = node.get("question").asText();
        Metadata metadata =
            new Metadata().put(Document.FILE_NAME, id + ".txt").put("question", question);
        String text = document(node.get("needle").asText(), sentences, id.hashCode());
        all.add(new HeldBack(question, Document.from(text, metadata)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static String document(String needle, int sentences, long seed) {
    Random random = new Random(seed);
    int at = random.nextInt(sentences);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append(i == at ? needle : PROSE[random.nextInt(PROSE.length)])
          .append(i % 4 == 3 ? "\n\n" : " ");
    }
    return text.toString().strip();
  }

  /** Prose without any answer, of at least so many characters. */
  static String prose(long seed, int chars) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    while (text.length() < chars) {
      text.append(PROSE[random.nextInt(PROSE.length)])
          .append(random.nextInt(5) == 0 ? "\n\n" : " ");
    }
    return text.toString();
  }

  String name() {
    return document.metadata().getString(Document.FILE_NAME);
  }

  /** What the plain reader gives. */
  Reading read(SmoothReader reader) {
    return reader.read(TextSource.of(name(), document.text()), question);
  }
}
