package io.github.smoothreading.examples.ask;

import io.github.smoothreading.Plan;
import io.github.smoothreading.Reading;
import io.github.smoothreading.ReadingEvent;
import io.github.smoothreading.ReadingOptions;
import io.github.smoothreading.ReadingTask;
import io.github.smoothreading.SmoothReader;
import io.github.smoothreading.text.TextSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Asks a question of a document of any length, and prints the answer with the quotations it rests
 * on.
 */
@Command(
    name = "ask-document",
    mixinStandardHelpOptions = true,
    versionProvider = AskDocument.Version.class,
    sortOptions = false,
    description = {
      "Reads a document from beginning to end with a small local model, and answers a question"
          + " about it with quotations and their places.",
      "Without arguments it asks a question of Moby-Dick.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 answered, 1 not found in the text, 2 bad input or options, 3 ended early.",
      "Ctrl-C ends the reading and prints what was found so far; twice ends the program."
    })
public final class AskDocument implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Text files, read in this order as one document. Default: the built-in book.")
  private List<Path> files = List.of();

  @Option(
      names = {"-q", "--question"},
      paramLabel = "TEXT",
      description = "The question.")
  private @Nullable String question;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--batch",
      paramLabel = "ROWS",
      description =
          "Read many: a JSON object on each line with id, question, and text or file. Prints one line"
              + " of JSON per reading as it ends.")
  private @Nullable Path batch;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "8",
      description = "Readings of a batch under way at one time. Default: 8.")
  private int atOnce = 8;

  @Option(
      names = "--plan",
      description = "Tell tokens, chunks, time and memory, and read no further than two chunks.")
  private boolean plan;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      defaultValue = "UTF-8",
      description = "Charset of the files. Default: UTF-8.")
  private Charset charset = StandardCharsets.UTF_8;

  @Mixin private ReadingChoices choices = new ReadingChoices();
  @Mixin private ModelChoices models = new ModelChoices();

  private final PrintStream out;
  private final boolean interactive;
  private final Interrupts interrupts;
  private final LongSupplier nanos;
  private final Opener opener;

  AskDocument(Surface surface, Opener opener) {
    this.out = surface.out;
    this.interactive = surface.interactive;
    this.interrupts = surface.interrupts;
    this.nanos = surface.nanos;
    this.opener = opener;
  }

  /**
   * What the program touches of its surroundings.
   *
   * @param out standard output
   * @param interactive whether a person looks at it
   * @param interrupts how the user breaks off
   * @param nanos the clock
   */
  record Surface(PrintStream out, boolean interactive, Interrupts interrupts, LongSupplier nanos) {}

  /** Opens the reader. */
  @FunctionalInterface
  interface Opener {
    /** A reader for {@code atOnce} readings under way at one time. */
    SmoothReader open(ModelChoices choices, int atOnce);
  }

  /** Runs the program. */
  public static void main(String[] args) {
    Surface surface =
        new Surface(
            Terminal.output(), Terminal.isInteractive(), Interrupts.install(), System::nanoTime);
    System.exit(commandLine(new AskDocument(surface, ModelChoices::open)).execute(args));
  }

  /** The command line around {@code command}; never writes control characters of its own. */
  static CommandLine commandLine(AskDocument command) {
    return new CommandLine(command)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(AskDocument::misused)
        .setExecutionExceptionHandler(AskDocument::failed);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    ProgressLine progress = new ProgressLine(out, nanos);
    if (interactive) {
      progress.show("opening the model ...");
    }
    try {
      return batch == null ? askOne(progress) : askMany(batch, progress);
    } finally {
      if (interactive) {
        progress.erase();
      }
    }
  }

  private void check() {
    if (batch != null && (question != null || !files.isEmpty() || plan)) {
      throw usage(
          "--batch brings its own questions and documents; leave out --question, --plan and files");
    }
    if (batch == null && question == null && !files.isEmpty()) {
      throw usage("no question; say what to look for with --question '...'");
    }
    if (atOnce < 1) {
      throw usage("--at-once is %d; give 1 or more".formatted(atOnce));
    }
  }

  private int askOne(ProgressLine progress) {
    TextSource source = Sources.of(files, charset);
    String asked = question == null ? Book.QUESTION : question;
    ReadingOptions.ReadingOptionsBuilder options = choices.toOptions();
    try (SmoothReader reader = opener.open(models, 1)) {
      if (plan) {
        return plan(reader.plan(source, asked, options.build()), progress);
      }
      if (interactive) {
        options.listener(progress);
      }
      options.listener(this::warn);
      ReadingTask task = reader.start(source, asked, options.build());
      interrupts.add(task);
      Reading reading = join(task);
      if (json) {
        Json.line(out, ReadingJson.of(source.parts().get(0).id(), reading));
      } else {
        new Report(out).print(reading, source);
      }
      return ExitCode.of(reading.outcome());
    }
  }

  private int askMany(Path rows, ProgressLine progress) throws IOException, InterruptedException {
    try (BufferedReader lines = open(rows);
        SmoothReader reader = opener.open(models, atOnce)) {
      if (interactive) {
        progress.erase();
      }
      return new Batch(reader, choices.toOptions().build(), charset, out, interrupts, atOnce)
          .run(lines);
    }
  }

  private int plan(Plan what, ProgressLine progress) {
    if (interactive) {
      progress.erase();
    }
    if (json) {
      Json.line(out, PlanJson.of(what));
    } else {
      new Report(out).print(what);
    }
    return ExitCode.ANSWERED;
  }

  private void warn(ReadingEvent event) {
    if (event instanceof ReadingEvent.Warned warned) {
      spec.commandLine().getErr().println("Note: " + warned.message());
    }
  }

  private static Reading join(ReadingTask task) {
    try {
      return task.future().join();
    } catch (CompletionException e) {
      throw Failures.cause(e) instanceof RuntimeException cause ? cause : e;
    }
  }

  private static BufferedReader open(Path rows) {
    try {
      return Files.newBufferedReader(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("'%s' cannot be read: %s".formatted(rows, e), e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static int misused(ParameterException misuse, String[] args) {
    CommandLine command = misuse.getCommandLine();
    String name = command.getCommandName();
    command
        .getErr()
        .println(name + ": " + misuse.getMessage() + " (" + name + " --help lists the options)");
    return ExitCode.BAD_INPUT;
  }

  /** A user's error needs its message only, anything else its stack trace. */
  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (Failures.isUserError(failure)) {
      command.getErr().println(command.getCommandName() + ": " + Failures.message(failure));
      return ExitCode.BAD_INPUT;
    }
    failure.printStackTrace(command.getErr());
    return ExitCode.ENDED_EARLY;
  }

  /** The version of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = AskDocument.class.getPackage().getImplementationVersion();
      return new String[] {"ask-document " + (version == null ? "(built from source)" : version)};
    }
  }
}
