package io.github.smoothreading.summary;

import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Limits;
import io.github.smoothreading.backend.Protocol;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.state.ReadingState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The model's memory in one reading: feeds it, lets it write, and counts what that costs. */
final class Decoding implements AutoCloseable {
  private final ReadingBackend backend;
  private final Inquiry inquiry;
  private final Protocol protocol;
  private @Nullable ReadingState state;
  private Summarizer.Tally tally = Summarizer.Tally.NONE;

  Decoding(ReadingBackend backend, Inquiry inquiry) {
    this.backend = backend;
    this.inquiry = inquiry;
    this.protocol = backend.model().protocol();
  }

  /** Feeds {@code append} and writes on until one of {@code ends} or {@code maxTokens}. */
  Generation write(int[] append, int[] draft, int[] lookup, int maxTokens, Set<Integer> ends) {
    int[] actions = Ids.of(protocol.read(), protocol.stop());
    return run(append, draft, lookup, maxTokens, ends, actions);
  }

  void feed(int[] append) {
    run(append, Ids.NONE, Ids.NONE, 0, Set.of(), Ids.NONE);
  }

  /** Log-probabilities of {@code choices} behind {@code append}. */
  float[] weigh(int[] append, int[] choices) {
    return run(append, Ids.NONE, Ids.NONE, 1, Set.of(), choices).probes()[0];
  }

  /** Which of the weights is the largest; the first of equal ones. */
  static int best(float[] weights) {
    int best = 0;
    for (int i = 1; i < weights.length; i++) {
      best = weights[i] > weights[best] ? i : best;
    }
    return best;
  }

  private Generation run(
      int[] append, int[] draft, int[] lookup, int maxTokens, Set<Integer> ends, int[] probes) {
    Limits limits = new Limits(maxTokens, ends, probes, inquiry.interrupt());
    Generation generation = backend.advance(new Step(state(), append, draft, lookup, limits));
    tally =
        tally.plus(
            generation.fed(),
            generation.reused(),
            generation.tokens().length,
            generation.accepted());
    if (generation.end() == Generation.End.INTERRUPTED) {
      throw new InterruptedRoundException(
          "the reading was interrupted while a round was being written");
    }
    return generation;
  }

  /** Takes back the last {@code tokens} that were fed. */
  void rewind(int tokens) {
    state().rewind(tokens);
  }

  /** Throws the memory away. */
  void forget() {
    close();
  }

  Summarizer.Tally tally() {
    return tally;
  }

  void save(DataOutputStream out) throws IOException {
    state().save(out);
  }

  void load(DataInputStream in) throws IOException {
    close();
    state = backend.loadState(in);
  }

  private ReadingState state() {
    ReadingState current = state;
    if (current == null) {
      current = backend.newState(inquiry.window(), 2 * inquiry.round() + inquiry.answerTokens());
      state = current;
    }
    return current;
  }

  @Override
  public void close() {
    if (state != null) {
      state.close();
      state = null;
    }
  }
}
