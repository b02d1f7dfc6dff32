package io.github.smoothreading.langchain4j.teacher;

import dev.langchain4j.model.chat.ChatModel;
import io.github.smoothreading.text.TextEncoder;
import java.util.SplittableRandom;

/**
 * How every task of a teacher is read and judged; the builder says what each part means.
 *
 * @param model the teacher's name in what is written
 */
record Curriculum(
    ChatModel chatModel,
    String model,
    TextEncoder encoder,
    int leastChunk,
    int mostChunk,
    long seed,
    boolean earlyStop,
    boolean cluesWithoutAnswer,
    int attempts,
    double answerF1,
    int questionTokens,
    int clueTokens,
    int roundTokens) {

  /**
   * Draws from the range evenly on a logarithmic scale, so that halves are as likely as doubles.
   * Depends on the seed and the id alone, not on the order of tasks.
   */
  int chunkTokens(String id) {
    if (leastChunk == mostChunk) {
      return leastChunk;
    }
    double share = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + id.hashCode()).nextDouble();
    double drawn = leastChunk * Math.pow((double) mostChunk / leastChunk, share);
    return Math.min(mostChunk, Math.max(leastChunk, (int) Math.round(drawn)));
  }

  int tokens(String text) {
    return encoder.encode(text).ids().length;
  }
}
