package io.github.smoothreading.examples.ask;

import io.github.smoothreading.SmoothReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * One run of the program, with {@link KeywordSummarizer} in the model's place or the real thing.
 *
 * @param exitCode what the shell gets
 * @param out standard output
 * @param err standard error
 */
record Program(int exitCode, String out, String err) {
  private static final AskDocument.Opener KEYWORDS =
      (choices, atOnce) -> SmoothReader.builder().summarizer(new KeywordSummarizer()).build();

  /** Runs with the model that the arguments name. */
  static Program runReal(Object... arguments) {
    return execute(ModelChoices::open, false, new Interrupts(), arguments);
  }

  /** Runs with standard output going into a pipe. */
  static Program run(Object... arguments) {
    return execute(KEYWORDS, false, new Interrupts(), arguments);
  }

  /** Runs with a person looking at standard output. */
  static Program runOnTerminal(Object... arguments) {
    return execute(KEYWORDS, true, new Interrupts(), arguments);
  }

  /** Runs with {@code interrupts} instead of the user's. */
  static Program runInterrupted(Interrupts interrupts, Object... arguments) {
    return execute(KEYWORDS, false, interrupts, arguments);
  }

  private static Program execute(
      AskDocument.Opener opener, boolean interactive, Interrupts interrupts, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    AskDocument.Surface surface =
        new AskDocument.Surface(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            interactive,
            interrupts,
            System::nanoTime);
    CommandLine command = AskDocument.commandLine(new AskDocument(surface, opener));
    command.setErr(new PrintWriter(err, true));
    command.setOut(new PrintWriter(err, true));
    String[] strings = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      strings[i] = arguments[i].toString();
    }
    int exitCode = command.execute(strings);
    return new Program(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }
}
