package io.github.smoothreading.langchain4j;

import io.github.smoothreading.text.Chunk;
import io.github.smoothreading.text.Chunker;
import io.github.smoothreading.text.TextEncoder;
import io.github.smoothreading.text.TextSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A chunker that remembers the chunks it gave out, in one reading. */
final class ChunkRecorder implements Chunker {
  private final Chunker chunker;
  private final List<Chunk> chunks = new CopyOnWriteArrayList<>();

  ChunkRecorder(Chunker chunker) {
    this.chunker = chunker;
  }

  List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  @Override
  public Chunks cut(TextSource source, TextEncoder encoder, int maxTokens, long start, int index) {
    Chunks cut = chunker.cut(source, encoder, maxTokens, start, index);
    return new Chunks() {
      @Override
      public boolean hasNext() {
        return cut.hasNext();
      }

      @Override
      public Chunk next() {
        Chunk next = cut.next();
        chunks.add(next);
        return next;
      }

      @Override
      public void close() {
        cut.close();
      }
    };
  }
}
