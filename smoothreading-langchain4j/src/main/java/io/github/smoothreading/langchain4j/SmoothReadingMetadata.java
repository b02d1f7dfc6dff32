package io.github.smoothreading.langchain4j;

/**
 * Keys of the metadata that readings leave on documents and segments.
 *
 * <p>Values are strings, ints, longs and doubles, since LangChain4j's metadata take no booleans.
 * All offsets count UTF-16 code units of the text of the document that was read, as {@link
 * String#substring} does.
 */
public final class SmoothReadingMetadata {
  /** The question that was read for; a string. */
  public static final String QUESTION = "smooth_reading_question";

  /** The answer; a string, absent where there is none. */
  public static final String ANSWER = "smooth_reading_answer";

  /**
   * How the reading ended: {@code answered}, {@code answered_early} (text was left unread because
   * the answer was there), {@code not_found}, {@code cancelled}, {@code deadline} or {@code
   * budget}.
   */
  public static final String OUTCOME = "smooth_reading_outcome";

  /**
   * Where the verified clues stand, in document order, as {@code "start-end,start-end"}; absent
   * without any.
   */
  public static final String CLUES = "smooth_reading_clues";

  /** How many clues were found word for word in the text; an int. */
  public static final String VERIFIED_CLUES = "smooth_reading_verified_clues";

  /**
   * Where the pieces of the segment's text stand, in document order, as {@code
   * "start-end,start-end"}.
   */
  public static final String PASSAGES = "smooth_reading_passages";

  /** The pages of the verified clues, from 1, as {@code "3,5"}; only for documents with pages. */
  public static final String PAGES = "smooth_reading_pages";

  /** Characters that were read; a long. */
  public static final String CHARS_READ = "smooth_reading_chars_read";

  /** Characters of the document; a long. */
  public static final String CHARS_TOTAL = "smooth_reading_chars_total";

  /** Share of the document that was read, 0 to 1; a double. */
  public static final String COVERAGE = "smooth_reading_coverage";

  /** Rounds written, one per chunk; an int. */
  public static final String ROUNDS = "smooth_reading_rounds";

  /** The contextual summary that the splitter puts on a chunk; a string. */
  public static final String SUMMARY = "smooth_reading_summary";

  /** First character of the segment's text in its document; a long. */
  public static final String START_OFFSET = "start_offset";

  /** Character behind the last one of the segment's text in its document; a long. */
  public static final String END_OFFSET = "end_offset";

  /**
   * Position of the segment in its document, from 0; a string, as LangChain4j's splitters write it.
   */
  public static final String INDEX = "index";

  private SmoothReadingMetadata() {}
}
