package io.github.smoothreading;

import io.github.smoothreading.summary.Action;
import io.github.smoothreading.summary.Clue;
import io.github.smoothreading.summary.ReadingMode;
import io.github.smoothreading.summary.Round;
import io.github.smoothreading.summary.Summarizer.Tally;
import io.github.smoothreading.text.Place;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint holds beside the session: enough to go on as if the reading had never stopped.
 */
record SavedReading(
    String question,
    ReadingMode mode,
    int window,
    int chunk,
    int round,
    int answerTokens,
    long charsRead,
    long tokensRead,
    long nextStart,
    int nextIndex,
    String textSoFar,
    Tally tally,
    Map<String, Clue> clues,
    List<Round> rounds) {

  void write(DataOutputStream out) throws IOException {
    text(out, question);
    text(out, mode.name());
    out.writeInt(window);
    out.writeInt(chunk);
    out.writeInt(round);
    out.writeInt(answerTokens);
    out.writeLong(charsRead);
    out.writeLong(tokensRead);
    out.writeLong(nextStart);
    out.writeInt(nextIndex);
    text(out, textSoFar);
    out.writeLong(tally.fed());
    out.writeLong(tally.reused());
    out.writeLong(tally.generated());
    out.writeLong(tally.accepted());
    out.writeInt(clues.size());
    for (Map.Entry<String, Clue> entry : clues.entrySet()) {
      text(out, entry.getKey());
      write(out, entry.getValue());
    }
    out.writeInt(rounds.size());
    for (Round each : rounds) {
      text(out, each.target());
      text(out, each.reason());
      text(out, each.action().name());
      out.writeDouble(each.stopProbability());
      out.writeInt(each.clues().size());
      for (Clue clue : each.clues()) {
        write(out, clue);
      }
    }
  }

  static SavedReading read(DataInputStream in) throws IOException {
    String question = text(in);
    ReadingMode mode = ReadingMode.valueOf(text(in));
    int window = in.readInt();
    int chunk = in.readInt();
    int roundTokens = in.readInt();
    int answerTokens = in.readInt();
    long charsRead = in.readLong();
    long tokensRead = in.readLong();
    long nextStart = in.readLong();
    int nextIndex = in.readInt();
    String textSoFar = text(in);
    Tally tally = new Tally(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    Map<String, Clue> clues = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      clues.put(text(in), clue(in));
    }
    List<Round> rounds = new ArrayList<>();
    int count = in.readInt();
    for (int index = 0; index < count; index++) {
      String target = text(in);
      String reason = text(in);
      Action action = Action.valueOf(text(in));
      double stop = in.readDouble();
      List<Clue> shown = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        shown.add(clue(in));
      }
      rounds.add(new Round(index, target, shown, reason, action, stop));
    }
    return new SavedReading(
        question,
        mode,
        window,
        chunk,
        roundTokens,
        answerTokens,
        charsRead,
        tokensRead,
        nextStart,
        nextIndex,
        textSoFar,
        tally,
        clues,
        rounds);
  }

  private static void write(DataOutputStream out, Clue clue) throws IOException {
    text(out, clue.text());
    out.writeInt(clue.round());
    out.writeBoolean(clue.place().isPresent());
    if (clue.place().isPresent()) {
      Place place = clue.place().get();
      text(out, place.part());
      out.writeLong(place.start());
      out.writeLong(place.end());
    }
  }

  private static Clue clue(DataInputStream in) throws IOException {
    String text = text(in);
    int round = in.readInt();
    Optional<Place> place =
        in.readBoolean()
            ? Optional.of(new Place(text(in), in.readLong(), in.readLong()))
            : Optional.empty();
    return new Clue(text, place, round);
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > 1 << 26) {
      throw new IOException(
          "the checkpoint holds a text of %d bytes; it is damaged".formatted(length));
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_16BE);
  }
}
