package io.github.smoothreading.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The memory of one RWKV-7 reading: per layer one matrix for each head and two shift vectors, of
 * one size however much was read.
 *
 * <p>Nothing can be taken out of such a memory, so forgetting means going back. Each slot of the
 * buffers holds a whole memory: slot 0 the newest, the others what it was at earlier positions.
 * From those positions on the tokens are kept too. When tokens are forgotten, or a draft turns out
 * wrong, the next pass starts from the newest slot that does not know them and takes in again,
 * ahead of its own tokens, those since then that hold. A copy is made inside the very pass that
 * tries a draft, where the draft begins, so that only accepted tokens are fed twice.
 *
 * <p>Of the slots, the oldest always lies at least {@link #rewindable} tokens back (at first that
 * is the empty memory, which needs none), the newest goes with the reading, and the one between
 * becomes the oldest when it is old enough.
 */
final class RwkvState extends DecoderState {
  /** Tokens after which a copy is made in any case, so that little has to be fed again. */
  private static final int GAP = 256;

  private static final long UNUSED = -1;

  /** Tokens taken in when each slot's memory was made, or {@link #UNUSED}. */
  private final long[] made;

  /** Where the kept tokens begin; the memory there is empty or in a slot. */
  private long from;

  private int[] tokens = new int[GAP];

  RwkvState(LoadedModel model, StateBuffers buffers, int window, int rewindable) {
    super(model, buffers, window, rewindable);
    this.made = new long[buffers.slots];
    Arrays.fill(made, UNUSED);
  }

  /** Slots of a state: the newest memory, and those to go back to. */
  static int slots(int rewindable) {
    return rewindable == 0 ? 2 : 4;
  }

  @Override
  Row row(Decoder decoder, int[] fresh, int firstWanted, int[] probes) {
    requireUnfreed();
    int source = newest(position());
    while (position() - at(source) > ActiveStep.BLOCK) {
      int[] again = kept(at(source), at(source) + ActiveStep.BLOCK);
      decoder.advance(
          List.of(new Row(buffers, again, new long[] {source, -1, 0}, again.length, probes)));
      made[0] = at(source) + again.length;
      source = 0;
    }
    int[] again = kept(at(source), position());
    int[] all = Arrays.copyOf(again, again.length + fresh.length);
    System.arraycopy(fresh, 0, all, again.length, fresh.length);
    int mark = mark(fresh.length, firstWanted);
    int slot = mark < 0 ? 0 : slotFor(position() + mark);
    keep(fresh);
    made[0] = position() + fresh.length;
    if (mark >= 0) {
      made[slot] = position() + mark;
    }
    long[] place = {source, mark < 0 ? -1 : again.length + mark, slot};
    return new Row(buffers, all, place, again.length + firstWanted, probes);
  }

  /** After how many of the new tokens a copy is made: before a draft, or when the last is old. */
  private int mark(int count, int firstWanted) {
    int draft = count - firstWanted - 1;
    if (draft > 0) {
      return firstWanted + 1;
    }
    long last = from;
    for (int i = 1; i < made.length; i++) {
      last = Math.max(last, made[i]);
    }
    return position() - last >= GAP ? 0 : -1;
  }

  /** The oldest position that can be gone back to. */
  private long oldest() {
    long oldest = from == 0 ? 0 : position();
    for (int i = 1; i < made.length; i++) {
      if (made[i] != UNUSED) {
        oldest = Math.min(oldest, made[i]);
      }
    }
    return oldest;
  }

  /** The slot with the newest memory of at most {@code most} tokens; -1 for the empty memory. */
  private int newest(long most) {
    int best = -1;
    for (int i = 0; i < made.length; i++) {
      if (made[i] != UNUSED && made[i] <= most && (best < 0 || made[i] > made[best])) {
        best = i;
      }
    }
    return best;
  }

  private long at(int slot) {
    return slot < 0 ? 0 : made[slot];
  }

  /** The slot for a copy at {@code mark}; it may be the one that the pass starts from. */
  private int slotFor(long mark) {
    int oldest = 0;
    int between = 0;
    int newest = 0;
    for (int i = 1; i < made.length; i++) {
      if (made[i] == UNUSED) {
        return i;
      }
      if (oldest == 0 || made[i] < made[oldest]) {
        oldest = i;
      }
      if (newest == 0 || made[i] > made[newest]) {
        newest = i;
      }
    }
    for (int i = 1; i < made.length; i++) {
      if (i != oldest && i != newest) {
        between = i;
      }
    }
    return between != 0 && made[between] <= mark - rewindable ? oldest : newest;
  }

  private int[] kept(long begin, long end) {
    return Arrays.copyOfRange(tokens, (int) (begin - from), (int) (end - from));
  }

  /** Keeps the tokens of a pass, and lets go those that no memory needs to be taken further. */
  private void keep(int[] fresh) {
    long first = oldestNeeded();
    int count = (int) (position() - first);
    int[] rest = kept(first, position());
    if (tokens.length < count + fresh.length) {
      tokens = new int[Math.max(2 * tokens.length, count + fresh.length)];
    }
    System.arraycopy(rest, 0, tokens, 0, count);
    System.arraycopy(fresh, 0, tokens, count, fresh.length);
    from = first;
  }

  private long oldestNeeded() {
    long oldest = UNUSED;
    for (int i = 1; i < made.length; i++) {
      if (made[i] != UNUSED && made[i] <= position() - rewindable) {
        oldest = oldest == UNUSED ? made[i] : Math.min(oldest, made[i]);
      }
    }
    return Math.max(from, oldest);
  }

  @Override
  void advance(int count) {
    super.advance(count);
    dropNewer();
  }

  private void dropNewer() {
    for (int i = 0; i < made.length; i++) {
      if (made[i] > position()) {
        made[i] = UNUSED;
      }
    }
  }

  @Override
  int forgettable() {
    return (int) Math.min(Integer.MAX_VALUE, position() - oldest());
  }

  @Override
  void forget(int count) {
    super.forget(count);
    dropNewer();
  }

  @Override
  void copy(DecoderState source) {
    RwkvState other = (RwkvState) source;
    model.call(
        decoder -> {
          decoder.copy(other.buffers, buffers, 0, buffers.slots);
          return null;
        });
    System.arraycopy(other.made, 0, made, 0, made.length);
    from = other.from;
    tokens = other.tokens.clone();
  }

  @Override
  void write(DataOutputStream out) throws IOException {
    for (long position : made) {
      out.writeLong(position);
    }
    out.writeLong(from);
    for (int token : kept(from, position())) {
      out.writeInt(token);
    }
    for (PtNDArray buffer : new PtNDArray[] {buffers.keys, buffers.values}) {
      for (int i = 0; i < model.config().layers(); i++) {
        int layer = i;
        out.write(model.call(decoder -> decoder.read(buffer, layer, 0, buffers.slots)));
      }
    }
  }

  @Override
  void read(DataInputStream in) throws IOException {
    boolean anchored = false;
    for (int i = 0; i < made.length; i++) {
      made[i] = in.readLong();
      if (made[i] < UNUSED || made[i] > position()) {
        throw damaged("a memory of %d tokens".formatted(made[i]));
      }
      anchored |= made[i] != UNUSED;
    }
    from = in.readLong();
    if (from < 0 || from > position() || (from > 0 && !anchored)) {
      throw damaged("tokens from %d on".formatted(from));
    }
    for (long position : made) {
      if (position != UNUSED && position < from) {
        throw damaged("a memory of %d tokens before %d".formatted(position, from));
      }
    }
    // What is kept is short: a few times what can be undone. More would be a damaged file.
    if (position() - from > 4L * (rewindable + GAP + ActiveStep.LONGEST)) {
      throw damaged("tokens from %d on".formatted(from));
    }
    tokens = new int[Math.max(GAP, (int) (position() - from))];
    for (int i = 0; i < position() - from; i++) {
      tokens[i] = in.readInt();
      if (tokens[i] < 0 || tokens[i] >= model.config().vocabulary()) {
        throw damaged("token " + tokens[i]);
      }
    }
    PtNDArray[] both = {buffers.keys, buffers.values};
    for (int b = 0; b < both.length; b++) {
      byte[] bytes = new byte[model.layerBytes(b, buffers.slots)];
      PtNDArray buffer = both[b];
      for (int i = 0; i < model.config().layers(); i++) {
        int layer = i;
        in.readFully(bytes);
        model.call(
            decoder -> {
              decoder.write(buffer, layer, buffers.slots, bytes);
              return null;
            });
      }
    }
  }

  private IOException damaged(String what) {
    return new IOException(
        "the saved state is damaged: %s at position %d".formatted(what, position()));
  }
}
