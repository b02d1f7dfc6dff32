package io.github.smoothreading.summary;

import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.Protocol;
import io.github.smoothreading.backend.ReadingBackend;
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
import org.jspecify.annotations.Nullable;

/**
 * One reading with a backend's model.
 *
 * <p>A round costs one forward pass when nothing is new: target, headers and the clues so far are
 * fed with the chunk, and the likely rest (the usual reason) is the draft. The action token ends
 * the generation and is not yet in the state, so whoever decides can put the other action in its
 * place at no cost.
 */
final class ModelSession implements Summarizer.Session {
  /** Room that the clues shown leave in a round for a new clue, the reason and the action. */
  private static final int ROOM_FOR_NEWS = 112;

  private final ReadingBackend backend;
  private final RoundFormat format;
  private final RoundWriter writer;
  private final Inquiry inquiry;
  private final Protocol protocol;
  private final Decoding decoding;
  private final int[] question;
  private final List<int[]> known = new ArrayList<>();
  private @Nullable Written before;
  private int[] pending;
  private boolean inText;

  ModelSession(ReadingBackend backend, RoundFormat format, Inquiry inquiry) {
    this.backend = backend;
    this.format = format;
    this.inquiry = inquiry;
    this.protocol = backend.model().protocol();
    this.writer = new RoundWriter(format, backend.tokenizer(), protocol, inquiry);
    this.decoding = new Decoding(backend, inquiry);
    this.question = format.encode(inquiry.question());
    this.pending = format.question(question);
  }

  @Override
  public Summary read(Chunk chunk) {
    if (inquiry.mode() == ReadingMode.DROPPED) {
      dropMemory();
    }
    List<String> dropped = makeRoom();
    int[] prompt = format.prompt(!inText, chunk.ids(), chunk.last(), question);
    RoundWriter.Finished round = writer.write(decoding, Ids.join(pending, prompt), known, chunk);
    inText = false;
    pending = Ids.of(protocol.read());
    before = round.written();
    known.clear();
    known.addAll(round.written().clues());
    return new Summary(
        texts(known),
        dropped,
        text(round.written().reason()),
        chunk.last() || round.stop() > 0.5 ? Action.STOP : Action.READ,
        round.stop(),
        trouble(round.corrections()));
  }

  private static Optional<String> trouble(int corrections) {
    return corrections == 0
        ? Optional.empty()
        : Optional.of(
            "the model wanted to leave the format at %d token(s); the likeliest allowed ones stand there"
                .formatted(corrections));
  }

  @Override
  public void skim(Chunk chunk) {
    boolean header = !inText;
    int[] append = Ids.join(pending, header ? Ids.of(protocol.text()) : Ids.NONE, chunk.ids());
    // A chunk can have no ids: a vocabulary need not have every control character.
    if (append.length > 0) {
      decoding.feed(append);
    }
    pending = Ids.NONE;
    inText = true;
  }

  @Override
  public Optional<String> answer() {
    Set<Integer> ends = protocol.ids();
    int[] lookup = format.clues(known);
    Generation generation =
        decoding.write(Ids.of(protocol.stop()), Ids.NONE, lookup, inquiry.answerTokens(), ends);
    int[] ids = generation.tokens();
    int length = ids.length;
    if (length > 0 && ends.contains(ids[length - 1])) {
      length--;
    }
    String text = text(Arrays.copyOf(ids, length)).strip();
    if (text.isEmpty()) {
      decoding.rewind(ids.length);
      return Optional.empty();
    }
    List<String> clues = texts(known).stream().map(String::strip).toList();
    if (AnswerQuoter.wants(text, clues)) {
      decoding.rewind(ids.length);
      text = quote(new AnswerQuoter(backend.tokenizer(), clues, protocol.end()));
    }
    pending = Ids.NONE;
    return Optional.of(text);
  }

  private String quote(AnswerQuoter quoter) {
    return quoter.quote(
        (last, choices) -> decoding.weigh(Ids.of(last < 0 ? protocol.stop() : last), choices));
  }

  @Override
  public Summarizer.Tally tally() {
    return decoding.tally();
  }

  private void dropMemory() {
    decoding.forget();
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
      decoding.save(out);
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
      session.decoding.load(in);
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
    decoding.close();
  }
}
