package io.github.smoothreading.backend;

import io.github.smoothreading.state.ReadingState;
import java.io.IOException;
import java.io.InputStream;

/**
 * Runs a model with a memory of fixed size: the seam between the reading loop and a decoder.
 *
 * <p>Implementations are thread-safe: any number of readings call {@link #advance} at once, each
 * with its own state, and the backend may serve waiting steps together in one forward pass.
 */
public interface ReadingBackend extends AutoCloseable {
  /** The model behind this backend. */
  ModelDescriptor model();

  /** The model's tokenizer. */
  Tokenizer tokenizer();

  /**
   * An empty memory.
   *
   * @param window W in tokens; the model's own is {@link ModelDescriptor#window()}
   * @param rewindable how many of the newest tokens {@link ReadingState#rewind} can forget at any
   *     time, at least 0; what lies in the window before them is then still exact
   * @throws IllegalArgumentException if the model cannot have this window
   */
  ReadingState newState(int window, int rewindable);

  /**
   * Reads back what {@link ReadingState#save} wrote.
   *
   * @throws IOException if the bytes are damaged or belong to another model; the message says which
   */
  ReadingState loadState(InputStream in) throws IOException;

  /**
   * Advances one reading and returns when the step has ended.
   *
   * @throws BackendException if the engine fails; the state is then unusable
   * @throws IllegalStateException if the state is closed, busy with another step, or another
   *     model's
   */
  Generation advance(Step step);

  /**
   * Bytes that one state with window {@code window} takes.
   *
   * @throws IllegalArgumentException if the model cannot have this window
   */
  long stateBytes(int window);

  /** Releases the model; steps that are under way end with {@link IllegalStateException}. */
  @Override
  void close();
}
