package io.github.smoothreading.backend.djl;

import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Generation.End;
import io.github.smoothreading.backend.Limits;
import io.github.smoothreading.backend.Step;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A step on its way through forward passes: first the blocks of its prefill, the last of them
 * together with the draft, then generation, with drafts from prompt lookup. Used on the engine
 * thread alone.
 */
final class ActiveStep {
  /** Tokens of one prefill block: what a waiting decode step waits for. */
  static final int BLOCK = 512;

  /**
   * Most tokens of a pass per row: the last block may take in what would make a small block of its
   * own.
   */
  static final int LONGEST = 704;

  private static final int[] NONE = {};

  final DecoderState state;
  final CompletableFuture<Generation> result = new CompletableFuture<>();

  /** Set by a caller that is interrupted. */
  volatile boolean cancelled;

  private final Limits limits;
  private final int[] append;
  private final PromptLookup lookup;

  /** The draft itself, for a generation that leaves it and comes back to it. */
  private final PromptLookup first;

  private final int reused;
  private int[] draft;
  private @Nullable PromptLookup guesser;
  private int appended;
  private int fed;
  private int accepted;
  private int[] tokens = new int[16];
  private float[] margins = new float[16];
  private float[][] probes = new float[16][];
  private int generated;

  // The row of the pass under way.
  private int carried;
  private int[] checked = NONE;

  ActiveStep(Step step, DecoderState state, int[] append) {
    this.state = state;
    this.append = append;
    this.limits = step.limits();
    this.draft = limits.maxTokens() > 0 ? step.draft() : NONE;
    this.lookup = new PromptLookup(step.lookup(), 1);
    this.first = new PromptLookup(draft, 2);
    this.reused = (int) Math.min(state.position(), state.window());
  }

  boolean prefilling() {
    return appended < append.length;
  }

  boolean interrupted() {
    return cancelled || limits.interrupt().getAsBoolean();
  }

  /** About how many tokens {@link #next} will give while prefilling. */
  int upcoming() {
    return Math.min(append.length - appended, BLOCK) + usable(draft);
  }

  /**
   * The tokens of the next pass; afterwards {@link #firstWanted} says from which on choices are
   * wanted.
   */
  int[] next() {
    checked = NONE;
    if (prefilling()) {
      int left = append.length - appended;
      carried = left + usable(draft) <= LONGEST || left <= BLOCK ? left : BLOCK;
      if (carried < left || limits.maxTokens() == 0) {
        return Arrays.copyOfRange(append, appended, appended + carried);
      }
    } else {
      carried = 1;
      if (draft.length == 0) {
        guess();
      }
    }
    checked = Arrays.copyOf(draft, Math.min(usable(draft), LONGEST - carried));
    int[] row = Arrays.copyOf(prefix(), carried + checked.length);
    System.arraycopy(checked, 0, row, carried, checked.length);
    return row;
  }

  private void guess() {
    draft = lookup.draft(tokens, generated);
    guesser = lookup;
    if (draft.length == 0) {
      draft = first.draft(tokens, generated);
      guesser = first;
    }
  }

  private int[] prefix() {
    return prefilling()
        ? Arrays.copyOfRange(append, appended, appended + carried)
        : new int[] {tokens[generated - 1]};
  }

  /** The draft up to its first stop token: that one is at most chosen, never fed. */
  private int usable(int[] guess) {
    int most = Math.min(guess.length, limits.maxTokens() - generated - 1);
    for (int i = 0; i < most; i++) {
      if (limits.stopTokens().contains(guess[i])) {
        return i;
      }
    }
    return Math.max(0, most);
  }

  /** Index in the row of {@link #next} from which on choices are wanted. */
  int firstWanted() {
    boolean last = appended + carried >= append.length;
    return last && limits.maxTokens() > 0 ? carried - 1 : carried;
  }

  int[] probes() {
    return limits.probes();
  }

  /** Takes in the pass's choices; returns the result if the step has ended. */
  @Nullable Generation take(Choices choices) {
    fed += carried + checked.length;
    boolean wanted = choices.ids().length > 0;
    boolean prefill = prefilling();
    if (prefill) {
      appended += carried;
    }
    if (!wanted) {
      state.advance(carried);
      return prefilling() ? null : end(End.COMPLETE);
    }
    End end = null;
    int kept = 0;
    int right = 0;
    for (int i = 0; i < choices.ids().length; i++) {
      int id = choices.ids()[i];
      add(id, choices.margins()[i], choices.probes()[i]);
      boolean same = i < draft.length && draft[i] == id;
      if (same) {
        accepted++;
        right++;
      }
      kept = i;
      if (limits.stopTokens().contains(id)) {
        end = End.COMPLETE;
      } else if (generated == limits.maxTokens()) {
        end = End.LENGTH;
      }
      if (end != null || i == checked.length || !same) {
        break;
      }
    }
    state.advance(carried + kept);
    if (guesser != null) {
      guesser.learn(checked.length, Math.min(right, checked.length));
    }
    // A draft longer than the pass goes on where it was right to its end.
    draft =
        right > checked.length && right < draft.length
            ? Arrays.copyOfRange(draft, right, draft.length)
            : NONE;
    if (draft.length == 0) {
      guesser = null;
    }
    return end == null ? null : end(end);
  }

  private void add(int id, float margin, float[] probe) {
    if (generated == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * generated);
      margins = Arrays.copyOf(margins, 2 * generated);
      probes = Arrays.copyOf(probes, 2 * generated);
    }
    tokens[generated] = id;
    margins[generated] = margin;
    probes[generated++] = probe;
  }

  /** The result as it stands. */
  Generation end(End end) {
    state.pending(generated > 0 ? tokens[generated - 1] : DecoderState.NOTHING);
    return new Generation(
        Arrays.copyOf(tokens, generated),
        Arrays.copyOf(probes, generated),
        Arrays.copyOf(margins, generated),
        accepted,
        fed,
        reused,
        end);
  }
}
