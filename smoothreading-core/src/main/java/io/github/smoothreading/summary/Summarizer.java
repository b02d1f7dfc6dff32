package io.github.smoothreading.summary;

import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.TextEncoder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * What is done with a chunk: the seam between the reading loop and whatever writes the rounds.
 *
 * <p>The default asks a {@link io.github.smoothreading.backend.ReadingBackend}'s model.
 * Thread-safe: one summarizer serves many readings, each through a {@link Session} of its own.
 */
public interface Summarizer extends AutoCloseable {
  /** How much it can take in. */
  Capacity capacity();

  /** The tokenizer by which chunks are measured. */
  TextEncoder encoder();

  /** Bytes of memory that one reading with window {@code window} takes, as far as known. */
  long memoryBytes(int window);

  /** Begins a reading. */
  Session open(Inquiry inquiry);

  /**
   * Takes a reading up where {@link Session#save} left it.
   *
   * @throws IOException if the bytes are damaged or belong to another model
   */
  Session resume(Inquiry inquiry, DataInputStream in) throws IOException;

  @Override
  void close();

  /** One reading; used by one thread at a time. */
  interface Session extends AutoCloseable {
    /**
     * Reads one chunk and writes a round. The choice in it is a proposal: the next call says what
     * was decided ({@code read} or {@code skim}: go on; {@code answer}: stop).
     */
    Summary read(Chunk chunk);

    /** Takes one chunk in without writing a round. */
    void skim(Chunk chunk);

    /**
     * Ends the reading with the answer; empty if the text read so far does not give one, and then
     * the session is where it was before the call.
     */
    Optional<String> answer();

    /** What the session has cost so far. */
    Tally tally();

    /** Writes what is needed to go on after the last round. */
    void save(DataOutputStream out) throws IOException;

    @Override
    void close();
  }

  /**
   * Token counts of a session.
   *
   * @param fed tokens that went through the model
   * @param reused tokens already in memory when a step began, summed over steps, as counted by the
   *     backend
   * @param generated tokens generated, drafts included
   * @param accepted those of them that came from drafts
   */
  record Tally(long fed, long reused, long generated, long accepted) {
    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0);

    /** The sum of both. */
    public Tally plus(long fed, long reused, long generated, long accepted) {
      return new Tally(
          this.fed + fed,
          this.reused + reused,
          this.generated + generated,
          this.accepted + accepted);
    }
  }
}
