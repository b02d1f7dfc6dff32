package io.github.smoothreading.model.smollm2;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.backend.Generation;
import io.github.smoothreading.backend.ModelDescriptor;
import io.github.smoothreading.backend.Protocol;
import io.github.smoothreading.backend.ReadingBackend;
import io.github.smoothreading.backend.Step;
import io.github.smoothreading.backend.Tokenizer;
import io.github.smoothreading.state.ReadingState;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A model that writes a given stream of ids, and insists that everything fed to it is in the stream
 * too.
 */
final class Replay implements ReadingBackend {
  private static final Protocol PROTOCOL = new Protocol(3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 2);

  private final int[] stream;
  private final Tokenizer tokenizer;
  private int position;

  Replay(int[] stream, Tokenizer tokenizer) {
    this.stream = stream;
    this.tokenizer = tokenizer;
  }

  /** Ids fed so far. */
  int position() {
    return position;
  }

  @Override
  public Generation advance(Step step) {
    feed(step.append());
    int count = 0;
    boolean stopped = false;
    while (count < step.limits().maxTokens() && !stopped) {
      stopped = step.limits().stopTokens().contains(stream[position + count++]);
    }
    int[] tokens = Arrays.copyOfRange(stream, position, position + count);
    feed(Arrays.copyOf(tokens, Math.max(0, count - 1)));
    float[][] probes = new float[count][step.limits().probes().length];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < probes[i].length; j++) {
        probes[i][j] = step.limits().probes()[j] == tokens[i] ? -0.1f : -9;
      }
    }
    Generation.End end = stopped || count == 0 ? Generation.End.COMPLETE : Generation.End.LENGTH;
    return new Generation(
        tokens, probes, new float[count], 0, step.append().length + count, 0, end);
  }

  private void feed(int[] ids) {
    assertThat(ids)
        .as("ids fed from %d on", position)
        .isEqualTo(
            Arrays.copyOfRange(stream, position, Math.min(stream.length, position + ids.length)));
    position += ids.length;
  }

  @Override
  public ModelDescriptor model() {
    return new ModelDescriptor(
        "replay",
        "replay",
        2048,
        1024,
        320,
        2048,
        "en",
        PROTOCOL,
        "Nothing new here.",
        "A new clue.");
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public ReadingState newState(int window, int rewindable) {
    return new State(window);
  }

  @Override
  public ReadingState loadState(InputStream in) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long stateBytes(int window) {
    return 0;
  }

  @Override
  public void close() {}

  private final class State implements ReadingState {
    private final int window;

    State(int window) {
      this.window = window;
    }

    @Override
    public String model() {
      return "replay";
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
      throw new UnsupportedOperationException();
    }

    @Override
    public void rewind(int tokens) {
      throw new AssertionError("the round was taken for a bad one");
    }

    @Override
    public void save(OutputStream out) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
