package io.github.smoothreading.model.smollm2;

import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.ModelDescriptor;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.backend.Tokenizer;
import io.github.smoothreading.state.ReadingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One reading's view of a shared backend: notes every step, and can take drafts away or exchange
 * the memory between two chunks for a copy of it. Closing it leaves the shared backend open.
 */
final class Watched implements ReadingBackend {
  private static final int[] NONE = {};

  /** What went in, and what came of it. */
  record Move(int[] append, Generation generation, long position) {
    boolean has(int id) {
      return Arrays.stream(append).anyMatch(other -> other == id);
    }
  }

  private final ReadingBackend shared;
  private final boolean drafts;
  private final boolean copies;
  private final List<Move> moves = new ArrayList<>();
  private int borders;

  private Watched(ReadingBackend shared, boolean drafts, boolean copies) {
    this.shared = shared;
    this.drafts = drafts;
    this.copies = copies;
  }

  static Watched drafted(ReadingBackend shared) {
    return new Watched(shared, true, false);
  }

  static Watched undrafted(ReadingBackend shared) {
    return new Watched(shared, false, false);
  }

  /** In front of each chunk the memory is exchanged, for a fork and for a saved copy by turns. */
  static Watched goingOnFromCopies(ReadingBackend shared) {
    return new Watched(shared, true, true);
  }

  List<Move> moves() {
    return moves;
  }

  /** Steps that wrote a round, not counting what repaired one. */
  int rounds() {
    var protocol = model().protocol();
    return (int)
        moves.stream()
            .filter(move -> move.has(protocol.notes()) || move.has(protocol.lastNotes()))
            .count();
  }

  @Override
  public Generation advance(Step step) {
    Memory memory = (Memory) step.state();
    boolean border = Arrays.stream(step.append()).anyMatch(id -> id == model().protocol().text());
    if (copies && border && memory.position() > 0) {
      memory.exchange(borders++ % 2 == 0 ? ReadingState::fork : this::savedAndLoaded);
    }
    Generation generation =
        shared.advance(
            new Step(
                memory.state,
                step.append(),
                drafts ? step.draft() : NONE,
                drafts ? step.lookup() : NONE,
                step.limits()));
    moves.add(new Move(step.append(), generation, memory.position()));
    return generation;
  }

  private ReadingState savedAndLoaded(ReadingState state) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 26);
      state.save(out);
      return shared.loadState(new ByteArrayInputStream(out.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ModelDescriptor model() {
    return shared.model();
  }

  @Override
  public Tokenizer tokenizer() {
    return shared.tokenizer();
  }

  @Override
  public ReadingState newState(int window, int rewindable) {
    return new Memory(shared.newState(window, rewindable));
  }

  @Override
  public ReadingState loadState(InputStream in) throws IOException {
    return new Memory(shared.loadState(in));
  }

  @Override
  public long stateBytes(int window) {
    return shared.stateBytes(window);
  }

  @Override
  public void close() {}

  /** A state whose inside can be exchanged. */
  private static final class Memory implements ReadingState {
    private ReadingState state;

    Memory(ReadingState state) {
      this.state = state;
    }

    void exchange(UnaryOperator<ReadingState> copy) {
      ReadingState old = state;
      state = copy.apply(old);
      old.close();
    }

    @Override
    public String model() {
      return state.model();
    }

    @Override
    public int window() {
      return state.window();
    }

    @Override
    public long position() {
      return state.position();
    }

    @Override
    public ReadingState fork() {
      return new Memory(state.fork());
    }

    @Override
    public void rewind(int tokens) {
      state.rewind(tokens);
    }

    @Override
    public void save(OutputStream out) throws IOException {
      state.save(out);
    }

    @Override
    public void close() {
      state.close();
    }
  }
}
