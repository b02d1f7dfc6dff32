package io.github.smoothreading.summary;

import io.github.smoothreading.backend.ModelDescriptor;
import io.github.smoothreading.backend.Protocol;
import io.github.smoothreading.backend.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Rounds as token ids.
 *
 * <pre>
 * [question] q  [text] chunk  [notes] q [clues] c1 [separator] c2 [reason] r [read]  [text] chunk ...
 *                             [lastNotes] q [clues] c1 [separator] c2 [reason] r [stop] answer [end]
 * </pre>
 *
 * Bracketed names are the reserved ids of {@link Protocol}; everything else is text encoded on its
 * own, so nothing in a document, a question or a clue can be taken for one of them.
 */
final class RoundFormat {
  private final Protocol protocol;
  private final Tokenizer tokenizer;
  private final int[] nothingNew;
  private final int[] newClue;

  RoundFormat(ModelDescriptor model, Tokenizer tokenizer) {
    this.protocol = model.protocol();
    this.tokenizer = tokenizer;
    this.nothingNew = encode(model.nothingNew());
    this.newClue = encode(model.newClue());
  }

  int[] encode(String text) {
    return tokenizer.encode(text).ids();
  }

  int[] question(int[] question) {
    return Ids.join(Ids.of(protocol.question()), question);
  }

  /** Everything from a chunk's header to the place where the model begins to write. */
  int[] prompt(boolean header, int[] chunk, boolean last, int[] target) {
    return Ids.join(
        header ? Ids.of(protocol.text()) : Ids.NONE,
        chunk,
        Ids.of(last ? protocol.lastNotes() : protocol.notes()),
        target,
        Ids.of(protocol.clues()));
  }

  int[] clues(List<int[]> clues) {
    List<int[]> pieces = new ArrayList<>();
    for (int[] clue : clues) {
      if (!pieces.isEmpty()) {
        pieces.add(Ids.of(protocol.separator()));
      }
      pieces.add(clue);
    }
    return Ids.join(pieces.toArray(int[][]::new));
  }

  /** The reason that the model was trained to give for a chunk without news, header included. */
  int[] nothingNew() {
    return Ids.join(Ids.of(protocol.reason()), nothingNew);
  }

  /** The same for a chunk with news: the likely ending of a round once its new clue is written. */
  int[] newClue() {
    return Ids.join(Ids.of(protocol.reason()), newClue);
  }

  /** A whole finished round, for a memory that was dropped. */
  int[] round(int[] target, Written round) {
    return Ids.join(
        Ids.of(protocol.notes()),
        target,
        Ids.of(protocol.clues()),
        clues(round.clues()),
        Ids.of(protocol.reason()),
        round.reason(),
        Ids.of(protocol.read()));
  }

  /** Ids at which the writing of a round ends, rightly or not. */
  Set<Integer> roundEnds() {
    Set<Integer> ends = new LinkedHashSet<>(protocol.ids());
    ends.remove(protocol.separator());
    ends.remove(protocol.reason());
    return ends;
  }

  /**
   * Reads a generated round.
   *
   * @param ids what was generated behind {@code [clues]}, the ending action token included
   * @throws BadRoundException if the parts are missing or out of order
   */
  Written parse(int[] ids) {
    if (ids.length == 0 || !isAction(ids[ids.length - 1])) {
      throw new BadRoundException("the round ends without <READ> or <STOP>");
    }
    int reason = -1;
    List<int[]> clues = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < ids.length - 1; i++) {
      if (ids[i] == protocol.reason()) {
        if (reason >= 0) {
          throw new BadRoundException("the round has two reasons");
        }
        reason = i;
        if (i > from || !clues.isEmpty()) {
          clues.add(Arrays.copyOfRange(ids, from, i));
        }
      } else if (ids[i] == protocol.separator()) {
        if (reason >= 0) {
          throw new BadRoundException("the round has a clue behind its reason");
        }
        clues.add(Arrays.copyOfRange(ids, from, i));
        from = i + 1;
      }
    }
    if (reason < 0) {
      throw new BadRoundException("the round has no reason");
    }
    check(clues);
    return new Written(clues, Arrays.copyOfRange(ids, reason + 1, ids.length - 1));
  }

  private void check(List<int[]> clues) {
    Set<String> seen = new LinkedHashSet<>();
    for (int[] clue : clues) {
      String text = tokenizer.decode(clue).strip();
      if (text.isEmpty()) {
        throw new BadRoundException("the round has an empty clue");
      }
      if (!seen.add(text)) {
        throw new BadRoundException("the round repeats the clue '%s'".formatted(text));
      }
    }
  }

  boolean isAction(int id) {
    return id == protocol.read() || id == protocol.stop();
  }

  /** The parts of a round, as ids without headers. */
  record Written(List<int[]> clues, int[] reason) {}

  /** A round that is not of the format. */
  static final class BadRoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRoundException(String problem) {
      super(problem);
    }
  }
}
