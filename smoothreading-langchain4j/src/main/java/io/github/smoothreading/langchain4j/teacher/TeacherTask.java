package io.github.smoothreading.langchain4j.teacher;

import dev.langchain4j.data.document.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A text, a question about it, and the answers that are known to be right.
 *
 * @param id names the task: a reading with this id is not made twice
 * @param text the document
 * @param question the question
 * @param answers what counts as right, each in other words than the next; empty: the text does not
 *     answer, and the reader has to say so
 * @param everything whether the whole text has to be read (lists, counts, summaries), so that
 *     stopping early is an error
 * @param source where the text is from; {@code ""} if unknown
 * @param licence what the text may be used under; {@code ""} if unknown
 */
public record TeacherTask(
    String id,
    String text,
    String question,
    List<String> answers,
    boolean everything,
    String source,
    String licence) {
  private static final int ID_BYTES = 12;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if id, text, question or an answer is blank, or one of them
   *     holds half a surrogate pair
   */
  public TeacherTask {
    answers = List.copyOf(answers);
    check(id, "id");
    check(text, "text");
    check(question, "question");
    answers.forEach(answer -> check(answer, "answer"));
  }

  /** A question with one right answer; its id is made from text and question. */
  public static TeacherTask of(String text, String question, String answer) {
    return of(text, question, List.of(answer));
  }

  /** The same for a document. */
  public static TeacherTask of(Document document, String question, String answer) {
    return of(document.text(), question, answer);
  }

  /** A question that the text does not answer; its id is made from text and question. */
  public static TeacherTask unanswerable(String text, String question) {
    return of(text, question, List.of());
  }

  private static TeacherTask of(String text, String question, List<String> answers) {
    return new TeacherTask(digest(text, question), text, question, answers, false, "", "");
  }

  /** The same task under another id. */
  public TeacherTask withId(String other) {
    return new TeacherTask(other, text, question, answers, everything, source, licence);
  }

  /** The same task with where its text is from and what it may be used under. */
  public TeacherTask withOrigin(String from, String under) {
    return new TeacherTask(id, text, question, answers, everything, from, under);
  }

  /** The same task for the whole text: stopping early is an error. */
  public TeacherTask withEverything() {
    return new TeacherTask(id, text, question, answers, true, source, licence);
  }

  /**
   * Reads tasks from JSON lines, plain or {@code .gz}, and hands over one at a time.
   *
   * <p>Fields: {@code question}; {@code text} or {@code context}; {@code answer} (a string, or null
   * if the text does not answer) or {@code answers} (a list of strings, or SQuAD's object with such
   * a list as {@code text}; empty if the text does not answer). Optional: {@code id}, {@code
   * everything}, {@code source}, {@code licence}. Others are ignored.
   *
   * @throws BadLineException if a line is no task; those before it have been handed over
   * @throws IOException if the file cannot be read
   */
  public static void read(Path file, Consumer<TeacherTask> each) throws IOException {
    JsonLines.read(file, row -> each.accept(TaskJson.parse(row)));
  }

  static TeacherTask of(
      Optional<String> id,
      String text,
      String question,
      List<String> answers,
      boolean everything,
      String source,
      String licence) {
    return new TeacherTask(
        id.orElseGet(() -> digest(text, question)),
        text,
        question,
        answers,
        everything,
        source,
        licence);
  }

  private static String digest(String text, String question) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(question.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      byte[] all = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256, which each has to have", e);
    }
  }

  private static void check(String value, String name) {
    if (Texts.blank(value)) {
      throw new IllegalArgumentException("the %s is blank".formatted(name));
    }
    if (!Texts.wellFormed(value)) {
      throw new IllegalArgumentException(
          "the %s holds half a surrogate pair, which UTF-8 cannot; decode it with the right charset"
              .formatted(name));
    }
  }
}
