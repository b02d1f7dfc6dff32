package io.github.smoothreading.summary;

import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Protocol;
import io.github.smoothreading.backend.Tokenizer;
import io.github.smoothreading.summary.RoundFormat.Written;
import io.github.smoothreading.text.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets the model write rounds that cannot go wrong.
 *
 * <p>The clues so far are set. Behind them the model writes freely, drafts and all, and what it
 * wrote is checked against the {@link RoundGrammar}. At the first token that may not stand there,
 * the rest is taken back, the most likely of the tokens that may is put in its place, and the model
 * writes on from there. A round that is right as it comes costs nothing more; each correction costs
 * one forward pass over one token.
 */
final class RoundWriter {
  private final RoundFormat format;
  private final Tokenizer tokenizer;
  private final Protocol protocol;
  private final Inquiry inquiry;

  RoundWriter(RoundFormat format, Tokenizer tokenizer, Protocol protocol, Inquiry inquiry) {
    this.format = format;
    this.tokenizer = tokenizer;
    this.protocol = protocol;
    this.inquiry = inquiry;
  }

  /**
   * A finished round.
   *
   * @param written its parts
   * @param stop probability of STOP against READ
   * @param corrections tokens that the model wanted and must not write
   */
  record Finished(Written written, double stop, int corrections) {}

  /**
   * Writes the round about {@code chunk}.
   *
   * @param prompt everything to feed up to the place where the clues begin
   * @param known clues of the rounds before, which this one keeps
   */
  Finished write(Decoding decoding, int[] prompt, List<int[]> known, Chunk chunk) {
    int[] shown = format.clues(known);
    RoundGrammar grammar = grammar(shown, known, chunk);
    int[] lookup = Ids.join(chunk.ids(), format.newClue());
    int[] append = Ids.join(prompt, shown);
    int[] draft = format.nothingNew();
    int[] out = Ids.NONE;
    int corrections = 0;
    while (true) {
      int left = Math.max(1, inquiry.round() - shown.length - out.length);
      Generation generation = decoding.write(append, draft, lookup, left, format.roundEnds());
      int[] ids = generation.tokens();
      int right = 0;
      while (right < ids.length && grammar.take(ids[right])) {
        right++;
      }
      out = Ids.join(out, Arrays.copyOf(ids, right));
      if (grammar.ended()) {
        return finished(known, out, stop(last(generation)), corrections);
      }
      corrections++;
      // Back to where the wrong token was chosen, or to the end of a round that grew too long.
      int last = right > 0 ? ids[right - 1] : append[append.length - 1];
      decoding.rewind(ids.length - right);
      int wanted = right < ids.length ? ids[right] : protocol.end();
      int[] choices = grammar.choices(wanted);
      if (choices.length == 0) {
        int dropped = grammar.dropClue();
        decoding.rewind(dropped);
        out = Arrays.copyOf(out, out.length - dropped);
        last = out.length > 0 ? out[out.length - 1] : lastOf(prompt, shown);
        choices = Ids.of(protocol.reason());
      }
      float[] weights = decoding.weigh(Ids.of(last), choices);
      int chosen = choices[Decoding.best(weights)];
      grammar.take(chosen);
      out = Ids.join(out, Ids.of(chosen));
      if (grammar.ended()) {
        return finished(known, out, stop(weights), corrections);
      }
      append = Ids.of(chosen);
      draft = chosen == protocol.reason() ? reason(out) : Ids.NONE;
    }
  }

  private RoundGrammar grammar(int[] shown, List<int[]> known, Chunk chunk) {
    Set<String> texts = new LinkedHashSet<>();
    known.forEach(clue -> texts.add(tokenizer.decode(clue).strip()));
    int ending = Math.max(format.nothingNew().length, format.newClue().length) + 1;
    int room = inquiry.round() - shown.length - ending;
    return new RoundGrammar(
        protocol, tokenizer, tokenizer::decode, chunk.text(), inquiry.strict(), texts, room);
  }

  /** The usual reason, behind its header. */
  private int[] reason(int[] out) {
    int[] whole = out.length > 1 ? format.newClue() : format.nothingNew();
    return Arrays.copyOfRange(whole, 1, whole.length);
  }

  private static int lastOf(int[] prompt, int[] shown) {
    return shown.length > 0 ? shown[shown.length - 1] : prompt[prompt.length - 1];
  }

  private static float[] last(Generation generation) {
    return generation.probes()[generation.probes().length - 1];
  }

  /** From the log-probabilities of READ and STOP. */
  private static double stop(float[] actions) {
    return 1 / (1 + Math.exp((double) actions[0] - actions[1]));
  }

  private Finished finished(List<int[]> known, int[] out, double stop, int corrections) {
    boolean separated = out[0] == protocol.separator();
    Written added = format.parse(separated ? Arrays.copyOfRange(out, 1, out.length) : out);
    List<int[]> clues = new ArrayList<>(known);
    clues.addAll(added.clues());
    return new Finished(new Written(clues, added.reason()), stop, corrections);
  }
}
