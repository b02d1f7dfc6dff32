package io.github.smoothreading.benchmarks;

import io.github.smoothreading.text.Part;
import java.io.IOException;
import java.io.Reader;

/** One text again and again, opened anew each time, so that nothing of it stays in memory. */
final class RepeatedReader extends Reader {
  private final Part.Content text;
  private int left;
  private Reader now;

  RepeatedReader(Part.Content text, int times) throws IOException {
    this.text = text;
    this.left = times - 1;
    this.now = text.open();
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int got = now.read(buffer, offset, length);
    while (got < 0 && left > 0) {
      now.close();
      now = text.open();
      left--;
      got = now.read(buffer, offset, length);
    }
    return got;
  }

  @Override
  public void close() throws IOException {
    now.close();
  }
}
