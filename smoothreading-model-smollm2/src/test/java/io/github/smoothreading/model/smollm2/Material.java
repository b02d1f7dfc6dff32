package io.github.smoothreading.model.smollm2;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Texts with a fact in them, made by rule from a seed: the same on every machine.
 *
 * @param text prose with the fact somewhere in it
 * @param question what to ask
 * @param fact the sentence that answers it
 * @param answer the words of the fact that are the answer
 */
record Material(String text, String question, String fact, String answer) {
  private static final String[] PROSE = {
    "The road to the coast was long, and nobody spoke for the first hour.",
    "Rain had fallen in the night, and the wheels left deep tracks behind them.",
    "An old dog slept in front of the bakery and did not look up when they passed.",
    "Most of the houses were shut, for the market was held in the next valley that week.",
    "The miller said that the river had not been so high since his father's days.",
    "They ate bread and cheese on a wall and watched the clouds go by.",
    "A boy ran beside the cart for a while and then grew tired of it.",
    "Nobody could say who had painted the gate, or why it was blue.",
    "In the evening the wind turned, and the smell of the sea came up the hill.",
    "The clock of the church struck six, though it was not yet five.",
    "Two women were mending a net and laughing about something they would not tell.",
    "It was the kind of day on which letters are written and never sent.",
    "The horses were given water, and the driver looked at the axle once more.",
    "Someone had left a lamp burning in the upper window of the inn.",
    "The fields were yellow as far as the eye could see, and larks rose from them.",
    "He had read the newspaper twice already and began it a third time.",
    "At the bridge they had to wait until a herd of sheep had gone over.",
    "The children counted the boats and could not agree on their number.",
    "She folded the map and said that a map was of no use in such a fog.",
    "Toward noon it became so hot that even the flies seemed to rest.",
    "A stranger asked for the way to the station and went in the other direction.",
    "There was a garden behind the school, full of beans and old roses.",
    "The floor of the hall had been washed, and one was asked to walk along the wall.",
    "Later there would be a quarrel about the bill, but for the moment all were content.",
    "The ferry was late, as it had been every day since the spring.",
    "A heron stood in the shallow water as if it had been carved from wood.",
    "They talked about the price of wool and about a wedding in the village.",
    "The snow on the mountains was pink for a minute and then grey.",
    "No one had thought of bringing a rope, and so they turned back.",
    "In the corner stood a piano that had lost most of its strings."
  };

  private static final String[] FIRST = {
    "Anna", "Bruno", "Clara", "David", "Elsa", "Felix", "Greta", "Hugo", "Irma", "Jonas", "Karin",
    "Ludwig", "Marta", "Nils", "Olga", "Pavel", "Rosa", "Stefan", "Thea", "Viktor"
  };

  private static final String[] LAST = {
    "Almgren", "Berger", "Calder", "Dorn", "Eklund", "Farrow", "Galt", "Holm", "Iversen", "Jansen",
    "Keller", "Lund", "Marsh", "Norden", "Oakley", "Prager", "Quist", "Rask", "Solberg", "Thorne"
  };

  private static final String[] PLACES = {
    "Brandal", "Corvik", "Dunmore", "Eastby", "Falkirk", "Grimsby", "Halden", "Ilmen", "Kirkwall",
    "Lofthus", "Marstal", "Nykirk", "Ostend", "Penrith", "Ravensby", "Selby", "Tornio", "Ulver",
    "Varde", "Whitby"
  };

  /** What is said, what is asked, and which of the three slots is the answer. */
  private static final String[][] FACTS = {
    {"The lighthouse of %s was built by %s in %s.", "Who built the lighthouse of %s?", "1"},
    {"The lighthouse of %s was built by %s in %s.", "When was the lighthouse of %s built?", "2"},
    {"The mayor of %s is %s, elected in %s.", "Who is the mayor of %s?", "1"},
    {
      "The bell of %s was cast by %s in the year %s.", "In which year was the bell of %s cast?", "2"
    },
    {"The school in %s is led by %s since %s.", "Who leads the school in %s?", "1"},
    {"The bridge at %s was paid for by %s and opened in %s.", "Who paid for the bridge at %s?", "1"}
  };

  /** A text of at least so many characters. */
  static Material of(long seed, int chars) {
    Random random = new Random(seed);
    String[] kind = FACTS[random.nextInt(FACTS.length)];
    String place = one(random, PLACES);
    String[] slots = {place, one(random, FIRST) + " " + one(random, LAST), year(random)};
    String fact = kind[0].formatted((Object[]) slots);
    List<String> sentences = sentences(random, chars - fact.length());
    sentences.add(random.nextInt(sentences.size() + 1), fact);
    return new Material(
        joined(sentences), kind[1].formatted(place), fact, slots[Integer.parseInt(kind[2])]);
  }

  /** Prose of at least so many characters without any fact. */
  static String prose(long seed, int chars) {
    return joined(sentences(new Random(seed), chars));
  }

  private static List<String> sentences(Random random, int chars) {
    List<String> sentences = new ArrayList<>();
    for (int length = 0; length < chars; length += sentences.get(sentences.size() - 1).length()) {
      sentences.add(one(random, PROSE));
    }
    return sentences;
  }

  /** Paragraphs of five sentences. */
  private static String joined(List<String> sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences.size(); i++) {
      text.append(i == 0 ? "" : i % 5 == 0 ? "\n\n" : " ").append(sentences.get(i));
    }
    return text.toString();
  }

  private static String one(Random random, String[] of) {
    return of[random.nextInt(of.length)];
  }

  private static String year(Random random) {
    return String.valueOf(1700 + random.nextInt(250));
  }
}
