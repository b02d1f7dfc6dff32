package io.github.smoothreading.summary;

import io.github.smoothreading.backend.Protocol;
import io.github.smoothreading.text.TextEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Which token may come next in a round, behind the clues it already has: new clues, each behind a
 * separator, then the reason, then READ or STOP.
 *
 * <p>Takes one token after another. In strict mode a clue also has to be a quotation: it begins
 * where a word of the chunk begins, goes on as the chunk does there or at another place with the
 * same words, and ends where a word ends. Texts are compared, not ids, since a tokenizer may cut
 * the same words in different ways.
 */
final class RoundGrammar {
  /** Longest clue, in tokens; a model that repeats itself ends here. */
  private static final int CLUE = 96;

  /** Longest reason, in tokens. */
  private static final int REASON = 32;

  /** Room below which no further clue is begun, in tokens. */
  private static final int ROOM = 24;

  /** Code units of the chunk from which the next token of a quotation is made. */
  private static final int AHEAD = 24;

  /** Stands for a character whose last bytes are still to come. */
  private static final String UNFINISHED = "\uFFFD";

  private enum Place {
    /** Behind the clues that were known before. */
    FIRST,
    /** Behind a separator. */
    CLUE_BEGIN,
    CLUE,
    REASON,
    END
  }

  private final Protocol protocol;
  private final TextEncoder encoder;
  private final Function<int[], String> decode;
  private final String chunk;
  private final boolean strict;
  private final Set<String> clues;
  private final int room;

  private Place place = Place.FIRST;
  private int taken;
  private int[] clue = Ids.NONE;
  private String text = "";
  private int reason;

  /**
   * @param chunk what was just read
   * @param strict whether clues have to be quotations of it
   * @param known texts of the clues that stand there already
   * @param room tokens for everything behind them but the reason and the action
   */
  RoundGrammar(
      Protocol protocol,
      TextEncoder encoder,
      Function<int[], String> decode,
      String chunk,
      boolean strict,
      Set<String> known,
      int room) {
    this.protocol = protocol;
    this.encoder = encoder;
    this.decode = decode;
    // Half a surrogate pair, which no tokenizer takes, becomes a question mark.
    this.chunk = new String(chunk.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    this.strict = strict;
    this.clues = new LinkedHashSet<>(known);
    this.room = room;
  }

  boolean ended() {
    return place == Place.END;
  }

  /** Takes {@code id} if it may come next. */
  boolean take(int id) {
    if (!allows(id)) {
      return false;
    }
    taken++;
    if (id == protocol.separator() || id == protocol.reason()) {
      if (place == Place.CLUE) {
        clues.add(text.strip());
      }
      place = id == protocol.reason() ? Place.REASON : Place.CLUE_BEGIN;
      clue = Ids.NONE;
      text = "";
    } else if (place == Place.REASON) {
      reason++;
      place = isAction(id) ? Place.END : Place.REASON;
    } else {
      clue = Ids.join(clue, Ids.of(id));
      text = text(clue);
      place = Place.CLUE;
    }
    return true;
  }

  /** Takes back the clue being written, its separator included; returns how many tokens that is. */
  int dropClue() {
    int dropped = clue.length + (clues.isEmpty() ? 0 : 1);
    taken -= dropped;
    clue = Ids.NONE;
    text = "";
    place = Place.FIRST;
    return dropped;
  }

  private boolean allows(int id) {
    boolean separator = id == protocol.separator();
    boolean end = id == protocol.reason();
    return switch (place) {
      case FIRST -> end || (clues.isEmpty() ? begins(id) : separator && left() > ROOM);
      case CLUE_BEGIN -> begins(id);
      case CLUE -> separator ? mayEnd() && left() > ROOM : end ? mayEnd() : goesOn(id);
      case REASON -> isAction(id) || (isText(id) && reason < REASON);
      case END -> false;
    };
  }

  /**
   * Some tokens that may come next, among which a model that wants {@code id} can choose; none if
   * no clue can come of it, since it repeats another, has no room or nothing to say.
   */
  int[] choices(int id) {
    boolean repeats = place == Place.CLUE && clues.contains(text.strip());
    boolean empty = place == Place.CLUE_BEGIN && !isText(id);
    if (repeats || empty) {
      return Ids.NONE;
    }
    Set<Integer> ids = new LinkedHashSet<>();
    switch (place) {
      case FIRST -> {
        ids.add(protocol.reason());
        ids.add(protocol.separator());
        if (clues.isEmpty()) {
          addBeginnings(ids);
        }
      }
      case CLUE_BEGIN -> addBeginnings(ids);
      case CLUE -> {
        ids.add(protocol.reason());
        ids.add(protocol.separator());
        addContinuations(ids);
      }
      case REASON -> {
        ids.add(protocol.read());
        ids.add(protocol.stop());
      }
      case END -> {}
    }
    return ids.stream().filter(this::allows).mapToInt(Integer::intValue).toArray();
  }

  private int left() {
    return room - taken;
  }

  private boolean isAction(int id) {
    return id == protocol.read() || id == protocol.stop();
  }

  private boolean isText(int id) {
    return !protocol.ids().contains(id);
  }

  private boolean begins(int id) {
    return isText(id) && left() > 1 && (!strict || stands(text(Ids.of(id)), false));
  }

  private boolean goesOn(int id) {
    return isText(id)
        && left() > 0
        && (clue.length < CLUE || !mayEnd())
        && (!strict || stands(text(Ids.join(clue, Ids.of(id))), false));
  }

  private boolean mayEnd() {
    String written = text.strip();
    boolean whole = !strict || !decode.apply(clue).endsWith(UNFINISHED);
    return whole
        && !written.isEmpty()
        && !clues.contains(written)
        && (!strict || stands(written, true));
  }

  /** The text of ids, as far as its characters are whole, without the space before it. */
  private String text(int[] ids) {
    String decoded = decode.apply(ids).stripLeading();
    while (strict && decoded.endsWith(UNFINISHED)) {
      decoded = decoded.substring(0, decoded.length() - 1);
    }
    return decoded;
  }

  /** Whether the text stands in the chunk, from the beginning of a word on. */
  private boolean stands(String text, boolean toTheEndOfAWord) {
    if (text.isEmpty()) {
      return !toTheEndOfAWord; // a space, or the first bytes of a character
    }
    for (int at = chunk.indexOf(text); at >= 0; at = chunk.indexOf(text, at + 1)) {
      if (wordBegins(at) && (!toTheEndOfAWord || wordEnds(at + text.length()))) {
        return true;
      }
    }
    return false;
  }

  private boolean wordBegins(int at) {
    return at == 0 || at < chunk.length() && !(letter(at - 1) && letter(at));
  }

  private boolean wordEnds(int at) {
    return at == chunk.length() || !(letter(at - 1) && letter(at));
  }

  private boolean letter(int at) {
    return Character.isLetterOrDigit(chunk.charAt(at));
  }

  private void addBeginnings(Set<Integer> ids) {
    for (int at = 0; at < chunk.length(); at++) {
      if (letter(at) && wordBegins(at)) {
        String next = ahead(at);
        addFirst(ids, " " + next);
        addFirst(ids, next);
      }
    }
  }

  private void addContinuations(Set<Integer> ids) {
    if (text.isEmpty()) {
      addBeginnings(ids);
      return;
    }
    for (int at = chunk.indexOf(text); at >= 0; at = chunk.indexOf(text, at + 1)) {
      if (wordBegins(at)) {
        addFirst(ids, ahead(at + text.length()));
      }
    }
  }

  private String ahead(int from) {
    int end = Math.min(chunk.length(), from + AHEAD);
    boolean inside =
        end > from && end < chunk.length() && Character.isHighSurrogate(chunk.charAt(end - 1));
    return chunk.substring(from, inside ? end - 1 : end);
  }

  private void addFirst(Set<Integer> ids, String next) {
    Arrays.stream(encoder.encode(next).ids()).limit(1).forEach(ids::add);
  }
}
