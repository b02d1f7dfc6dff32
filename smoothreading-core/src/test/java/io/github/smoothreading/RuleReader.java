package io.github.smoothreading;

import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.ModelDescriptor;
import io.github.smoothreading.backend.Protocol;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.backend.Tokenizer;
import io.github.smoothreading.state.ReadingState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model that reads by a rule: it notes every sentence that holds the question's last word and
 * stops at the first one.
 *
 * <p>It sees the same ids as a neural model and only the last W of them, so the loop can be tested
 * for what it feeds, keeps and forgets. One token is one UTF-16 code unit. It writes a bad round
 * where {@link #bad} says so.
 */
public class RuleReader implements ReadingBackend {
  public static final Protocol PROTOCOL = new Protocol(3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 2);
  protected static final int FIRST_TEXT_ID = 32;
  private static final String NOTHING_NEW = "Nothing new here.";
  private static final String NEW_CLUE = "A new clue.";

  /** Rounds, counted over all readings from 0, whose first writing is spoiled. */
  public final Set<Integer> bad = new HashSet<>();

  /** Whether the model asks to stop once it has a clue. */
  public boolean stops = true;

  /** Forward passes before the engine fails; negative: never. */
  public int failAfter = -1;

  public final List<int[]> appended = new ArrayList<>();
  private final int window;
  private int roundsWritten;

  public RuleReader(int window) {
    this.window = window;
  }

  @Override
  public ModelDescriptor model() {
    return new ModelDescriptor(
        "rule",
        "rule-1",
        window,
        window / 2,
        window / 4,
        window,
        "en",
        PROTOCOL,
        NOTHING_NEW,
        NEW_CLUE);
  }

  @Override
  public Tokenizer tokenizer() {
    return new Tokenizer() {
      @Override
      public Encoding encode(String text) {
        int[] ids = text.chars().map(c -> c + FIRST_TEXT_ID).toArray();
        int[] ends = new int[ids.length];
        Arrays.setAll(ends, i -> i + 1);
        return new Encoding(ids, ends);
      }

      @Override
      public String decode(int[] ids) {
        return text(ids);
      }
    };
  }

  private static String text(int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      if (id >= FIRST_TEXT_ID) {
        text.append((char) (id - FIRST_TEXT_ID));
      }
    }
    return text.toString();
  }

  @Override
  public ReadingState newState(int window, int rewindable) {
    return new State(new int[0], 0, window, rewindable);
  }

  @Override
  public ReadingState loadState(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    State state =
        new State(new int[data.readInt()], data.readLong(), data.readInt(), data.readInt());
    for (int i = 0; i < state.seen.length; i++) {
      state.seen[i] = data.readInt();
    }
    return state;
  }

  @Override
  public long stateBytes(int window) {
    return 4L * window;
  }

  @Override
  public Generation advance(Step step) {
    if (failAfter == 0) {
      throw new io.github.smoothreading.backend.BackendException("the engine is on fire");
    }
    failAfter--;
    State state = (State) step.state();
    int reused = (int) Math.min(state.position, state.window);
    appended.add(step.append());
    state.add(step.append());
    int fed = step.append().length;
    List<Integer> tokens = new ArrayList<>();
    List<float[]> probes = new ArrayList<>();
    int accepted = 0;
    boolean drafted = true;
    while (tokens.size() < step.limits().maxTokens()) {
      if (step.limits().interrupt().getAsBoolean()) {
        return generation(tokens, probes, accepted, fed, reused, Generation.End.INTERRUPTED);
      }
      if (!tokens.isEmpty()) {
        state.add(new int[] {tokens.get(tokens.size() - 1)});
        fed++;
      }
      int next = next(state.seen);
      float[] row = new float[step.limits().probes().length];
      for (int i = 0; i < row.length; i++) {
        row[i] = step.limits().probes()[i] == next ? -0.1f : -9;
      }
      probes.add(row);
      drafted &= tokens.size() < step.draft().length && step.draft()[tokens.size()] == next;
      accepted += drafted ? 1 : 0;
      tokens.add(next);
      if (step.limits().stopTokens().contains(next)) {
        return generation(tokens, probes, accepted, fed, reused, Generation.End.COMPLETE);
      }
    }
    Generation.End end =
        step.limits().maxTokens() == 0 ? Generation.End.COMPLETE : Generation.End.LENGTH;
    return generation(tokens, probes, accepted, fed, reused, end);
  }

  private static Generation generation(
      List<Integer> tokens,
      List<float[]> probes,
      int accepted,
      int fed,
      int reused,
      Generation.End end) {
    int[] ids = tokens.stream().mapToInt(i -> i).toArray();
    return new Generation(
        ids, probes.toArray(float[][]::new), new float[ids.length], accepted, fed, reused, end);
  }

  /** The token that the rule puts next, behind the ids it still sees. */
  protected int next(int[] seen) {
    int stop = lastIndexOf(seen, seen.length, PROTOCOL.stop());
    int clues = lastIndexOf(seen, seen.length, PROTOCOL.clues());
    if (stop > clues) {
      int[] answer = answer(seen, clues);
      int at = seen.length - stop - 1;
      return at < answer.length ? answer[at] : PROTOCOL.end();
    }
    int[] round = round(seen, clues);
    int at = seen.length - clues - 1;
    if (at == 0) {
      roundsWritten++;
    }
    if (bad.contains(roundsWritten - 1)) {
      return at == 0 ? PROTOCOL.separator() : PROTOCOL.read();
    }
    return at < round.length ? round[at] : PROTOCOL.end();
  }

  private int[] round(int[] seen, int clues) {
    int notes =
        Math.max(
            lastIndexOf(seen, clues, PROTOCOL.notes()),
            lastIndexOf(seen, clues, PROTOCOL.lastNotes()));
    String question = text(Arrays.copyOfRange(seen, notes + 1, clues));
    String word = question.substring(question.lastIndexOf(' ') + 1).replace("?", "");
    int text = lastIndexOf(seen, notes, PROTOCOL.text());
    List<String> all = new ArrayList<>(cluesBefore(seen, text < 0 ? 0 : text));
    int known = all.size();
    for (String sentence :
        text(Arrays.copyOfRange(seen, Math.max(text, 0), notes)).split("(?<=\\.)\\s*")) {
      if (sentence.contains(word) && !all.contains(sentence.strip())) {
        all.add(sentence.strip());
      }
    }
    boolean stop = (stops && !all.isEmpty()) || seen[notes] == PROTOCOL.lastNotes();
    int action = stop ? PROTOCOL.stop() : PROTOCOL.read();
    int[] written = Arrays.copyOfRange(seen, clues + 1, seen.length);
    int[] round = write(all, all.size() > known ? NEW_CLUE : NOTHING_NEW, action);
    // A caller may have set fewer clues than were known: go on from those.
    while (known > 0 && !startsWith(round, written)) {
      known--;
      all.remove(0);
      round = write(all, all.size() > known ? NEW_CLUE : NOTHING_NEW, action);
    }
    return round;
  }

  private static boolean startsWith(int[] round, int[] written) {
    int length = Math.min(round.length, written.length);
    return Arrays.equals(round, 0, length, written, 0, length);
  }

  private int[] write(List<String> clues, String reason, int action) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < clues.size(); i++) {
      if (i > 0) {
        ids.add(PROTOCOL.separator());
      }
      Arrays.stream(tokenizer().encode(clues.get(i)).ids()).forEach(ids::add);
    }
    ids.add(PROTOCOL.reason());
    Arrays.stream(tokenizer().encode(reason).ids()).forEach(ids::add);
    ids.add(action);
    return ids.stream().mapToInt(i -> i).toArray();
  }

  private static List<String> cluesBefore(int[] seen, int end) {
    int from = lastIndexOf(seen, end, PROTOCOL.clues());
    List<String> clues = new ArrayList<>();
    if (from < 0) {
      return clues;
    }
    int start = from + 1;
    for (int i = start; i < end; i++) {
      if (seen[i] == PROTOCOL.separator() || seen[i] == PROTOCOL.reason()) {
        if (i > start) {
          clues.add(text(Arrays.copyOfRange(seen, start, i)));
        }
        start = i + 1;
        if (seen[i] == PROTOCOL.reason()) {
          break;
        }
      }
    }
    return clues;
  }

  private int[] answer(int[] seen, int clues) {
    List<String> all = new ArrayList<>();
    int start = clues + 1;
    for (int i = start; i < seen.length; i++) {
      if (seen[i] == PROTOCOL.separator() || seen[i] == PROTOCOL.reason()) {
        if (i > start) {
          all.add(text(Arrays.copyOfRange(seen, start, i)));
        }
        start = i + 1;
      }
      if (seen[i] == PROTOCOL.reason()) {
        break;
      }
    }
    return all.isEmpty()
        ? new int[] {PROTOCOL.notFound()}
        : tokenizer().encode(String.join(", ", all)).ids();
  }

  protected static int lastIndexOf(int[] ids, int before, int id) {
    for (int i = before - 1; i >= 0; i--) {
      if (ids[i] == id) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() {}

  private static final class State implements ReadingState {
    private final int window;
    private final int rewindable;
    private int[] seen;
    private long position;

    State(int[] seen, long position, int window, int rewindable) {
      this.seen = seen;
      this.position = position;
      this.window = window;
      this.rewindable = rewindable;
    }

    private void add(int[] ids) {
      int keep = Math.min(seen.length, window + rewindable);
      int[] more = Arrays.copyOfRange(seen, seen.length - keep, seen.length + ids.length);
      System.arraycopy(ids, 0, more, keep, ids.length);
      seen = more;
      position += ids.length;
    }

    @Override
    public String model() {
      return "rule-1";
    }

    @Override
    public int window() {
      return window;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public ReadingState fork() {
      return new State(seen.clone(), position, window, rewindable);
    }

    @Override
    public void rewind(int tokens) {
      if (tokens > rewindable || tokens > position) {
        throw new IllegalArgumentException("cannot rewind " + tokens);
      }
      seen = Arrays.copyOf(seen, seen.length - tokens);
      position -= tokens;
    }

    @Override
    public void save(OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(seen.length);
      data.writeLong(position);
      data.writeInt(window);
      data.writeInt(rewindable);
      for (int id : seen) {
        data.writeInt(id);
      }
    }

    @Override
    public void close() {}
  }
}
