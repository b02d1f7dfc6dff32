package io.github.smoothreading.summary;

import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Limits;
import io.github.smoothreading.backend.Protocol;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.state.ReadingState;
import io.github.smoothreading.summary.RoundFormat.BadRoundException;
import io.github.smoothreading.summary.RoundFormat.Written;
import io.github.smoothreading.text.Chunk;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One reading with a backend's model.
 *
 * <p>A round costs one forward pass when nothing is new: target and headers are fed with the chunk,
 * and the likely rest (the clues so far, the usual reason) is the draft. The action token ends the
 * generation and is not yet in the state, so whoever decides can put the other action in its place
 * at no cost.
 */
final class ModelSession implements Summarizer.Session {
  /**
   * Room that the clues shown leave in a round for a new clue, the reason and the action, in
   * tokens.
   */
  private static final int ROOM_FOR_NEWS = 112;

  private final ReadingBackend backend;
  private final RoundFormat format;
  private final Inquiry inquiry;
  private final Protocol protocol;
  private final int[] question;
  private final List<int[]> known = new ArrayList<>();
  private @Nullable ReadingState state;
  private @Nullable Written before;
  private int[] pending;
  private boolean inText;
  private Summarizer.Tally tally = Summarizer.Tally.NONE;

  ModelSession(ReadingBackend backend, RoundFormat format, Inquiry inquiry) {
    this.backend = backend;
    this.format = format;
    this.inquiry = inquiry;
    this.protocol = backend.model().protocol();
    this.question = format.encode(inquiry.question());
    this.pending = format.question(question);
  }

  @Override
  public Summary read(Chunk chunk) {
    if (inquiry.mode() == ReadingMode.DROPPED) {
      dropMemory();
    }
    List<String> dropped = makeRoom();
    int[] shown = format.clues(known);
    int[] prompt = format.prompt(!inText, chunk.ids(), chunk.last(), question);
    int[] lookup = Ids.join(chunk.ids(), format.newClue());
    // With a clue let go, the model would copy the old list from the round before: the new list is
    // set, not drafted.
    boolean set = !dropped.isEmpty();
    Generation generation =
        advance(
            Ids.join(pending, prompt, set ? shown : Ids.NONE),
            Ids.join(set ? Ids.NONE : shown, format.nothingNew()),
            lookup,
            inquiry.round());
    inText = false;
    pending = Ids.of(protocol.read());
    Optional<String> trouble = Optional.empty();
    Attempt attempt;
    try {
      attempt = new Attempt(parse(set ? shown : Ids.NONE, generation), generation);
    } catch (BadRoundException bad) {
      trouble = Optional.of(bad.problem());
      int headerAndSet = 1 + (set ? shown.length : 0);
      state().rewind(generation.tokens().length - 1 + headerAndSet);
      dropped = rescue(set ? shown : Ids.NONE, generation, dropped);
      attempt = repair(format.clues(known), lookup);
    }
    before = attempt.round;
    known.clear();
    known.addAll(attempt.round.clues());
    double stop = stopProbability(attempt.generation);
    return new Summary(
        texts(known),
        dropped,
        text(attempt.round.reason()),
        chunk.last() || stop > 0.5 ? Action.STOP : Action.READ,
        stop,
        trouble);
  }

  private Written parse(int[] set, Generation generation) {
    if (generation.end() == Generation.End.LENGTH) {
      throw new BadRoundException(
          "the round is longer than its %d tokens".formatted(inquiry.round()));
    }
    Written round = format.parse(Ids.join(set, generation.tokens()));
    List<String> now = texts(round.clues());
    for (int[] clue : known) {
      if (!now.contains(text(clue))) {
        throw new BadRoundException("the round loses the clue '%s'".formatted(text(clue)));
      }
    }
    return round;
  }

  /** Keeps the whole clues of a round that grew too long, and lets older ones go for them. */
  private List<String> rescue(int[] set, Generation generation, List<String> dropped) {
    if (generation.end() != Generation.End.LENGTH) {
      return dropped;
    }
    for (int[] clue : format.wholeClues(Ids.join(set, generation.tokens()))) {
      if (!texts(known).contains(text(clue))) {
        known.add(clue);
      }
    }
    return Stream.concat(dropped.stream(), makeRoom().stream()).toList();
  }

  /**
   * Writes a bad round again: first with the clues so far set, then, if need be, with nothing new
   * at all.
   */
  private Attempt repair(int[] shown, int[] lookup) {
    int[] header = Ids.of(protocol.clues());
    Generation again =
        advance(Ids.join(header, shown), format.nothingNew(), lookup, inquiry.round());
    try {
      return new Attempt(parse(shown, again), again);
    } catch (BadRoundException bad) {
      state().rewind(again.tokens().length - 1);
      int[] reason = format.nothingNew();
      Generation action = advance(reason, Ids.NONE, Ids.NONE, 1);
      return new Attempt(
          new Written(List.copyOf(known), Arrays.copyOfRange(reason, 1, reason.length)), action);
    }
  }

  private record Attempt(Written round, Generation generation) {}

  @Override
  public void skim(Chunk chunk) {
    boolean header = !inText;
    int[] append = Ids.join(pending, header ? Ids.of(protocol.text()) : Ids.NONE, chunk.ids());
    // A chunk can have no ids: a vocabulary need not have every control character.
    if (append.length > 0) {
      feed(append);
    }
    pending = Ids.NONE;
    inText = true;
  }

  @Override
  public Optional<String> answer() {
    Set<Integer> ends = protocol.ids();
    Step step =
        new Step(
            state(),
            Ids.of(protocol.stop()),
            Ids.NONE,
            format.clues(known),
            limits(inquiry.answerTokens(), ends));
    Generation generation = run(step);
    int[] ids = generation.tokens();
    int length = ids.length;
    if (length > 0 && ends.contains(ids[length - 1])) {
      length--;
    }
    String text = text(Arrays.copyOf(ids, length)).strip();
    if (text.isEmpty()) {
      state().rewind(ids.length);
      return Optional.empty();
    }
    List<String> clues = texts(known).stream().map(String::strip).toList();
    if (AnswerQuoter.wants(text, clues)) {
      state().rewind(ids.length);
      text = quote(new AnswerQuoter(backend.tokenizer(), clues, protocol.end()));
    }
    pending = Ids.NONE;
    return Optional.of(text);
  }

  private String quote(AnswerQuoter quoter) {
    return quoter.quote(
        (last, choices) -> {
          int[] append = Ids.of(last < 0 ? protocol.stop() : last);
          Limits one = new Limits(1, Set.of(), choices, inquiry.interrupt());
          return run(new Step(state(), append, Ids.NONE, Ids.NONE, one)).probes()[0];
        });
  }

  @Override
  public Summarizer.Tally tally() {
    return tally;
  }

  private void dropMemory() {
    if (state != null) {
      state.close();
      state = null;
    }
    pending =
        before == null
            ? format.question(question)
            : Ids.join(
                format.question(question),
                format.round(question, new Written(List.copyOf(known), before.reason())));
  }

  /** Lets the oldest clues go until the rest leaves room in the round for news. */
  private List<String> makeRoom() {
    List<String> dropped = new ArrayList<>();
    int most = inquiry.round() - Math.min(ROOM_FOR_NEWS, inquiry.round() / 2);
    while (!known.isEmpty() && format.clues(known).length > most) {
      dropped.add(text(known.remove(0)));
    }
    return dropped;
  }

  private Generation advance(int[] append, int[] draft, int[] lookup, int maxTokens) {
    return run(new Step(state(), append, draft, lookup, limits(maxTokens, format.roundEnds())));
  }

  private void feed(int[] append) {
    run(Step.feed(state(), append, limits(0, Set.of())));
  }

  private Generation run(Step step) {
    Generation generation = backend.advance(step);
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

  private Limits limits(int maxTokens, Set<Integer> ends) {
    return new Limits(
        maxTokens, ends, Ids.of(protocol.read(), protocol.stop()), inquiry.interrupt());
  }

  private double stopProbability(Generation generation) {
    float[] last = generation.probes()[generation.probes().length - 1];
    return 1 / (1 + Math.exp((double) last[0] - last[1]));
  }

  private ReadingState state() {
    ReadingState current = state;
    if (current == null) {
      current = backend.newState(inquiry.window(), 2 * inquiry.round() + inquiry.answerTokens());
      state = current;
    }
    return current;
  }

  private String text(int[] ids) {
    return backend.tokenizer().decode(ids);
  }

  private List<String> texts(List<int[]> clues) {
    return clues.stream().map(this::text).toList();
  }

  @Override
  public void save(DataOutputStream out) throws IOException {
    out.writeInt(known.size());
    for (int[] clue : known) {
      write(out, clue);
    }
    Written round = before;
    out.writeBoolean(round != null);
    if (round != null) {
      write(out, round.reason());
    }
    write(out, pending);
    out.writeBoolean(inText);
    boolean kept = inquiry.mode() != ReadingMode.DROPPED;
    out.writeBoolean(kept);
    if (kept) {
      state().save(out);
    }
  }

  static ModelSession load(
      ReadingBackend backend, RoundFormat format, Inquiry inquiry, DataInputStream in)
      throws IOException {
    ModelSession session = new ModelSession(backend, format, inquiry);
    int clues = in.readInt();
    for (int i = 0; i < clues; i++) {
      session.known.add(read(in));
    }
    if (in.readBoolean()) {
      session.before = new Written(List.copyOf(session.known), read(in));
    }
    session.pending = read(in);
    session.inText = in.readBoolean();
    if (in.readBoolean()) {
      session.state = backend.loadState(in);
    }
    return session;
  }

  private static void write(DataOutputStream out, int[] ids) throws IOException {
    out.writeInt(ids.length);
    for (int id : ids) {
      out.writeInt(id);
    }
  }

  private static int[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > 1 << 20) {
      throw new IOException(
          "the checkpoint holds a list of %d tokens; it is damaged".formatted(length));
    }
    int[] ids = new int[length];
    for (int i = 0; i < length; i++) {
      ids[i] = in.readInt();
    }
    return ids;
  }

  @Override
  public void close() {
    if (state != null) {
      state.close();
      state = null;
    }
  }
}
