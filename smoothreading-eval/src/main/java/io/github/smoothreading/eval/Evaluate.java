package io.github.smoothreading.eval;

import io.github.smoothreading.backend.BackendException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The evaluation's command line: {@code run}, {@code suites}, {@code page}, {@code compare}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Tells how well a model reads long documents, and what it costs.",
    subcommands = {SuitesCommand.class, PageCommand.class, CompareCommand.class},
    footer = {"", "Exit codes: 0 done, 2 bad input or options, 3 broke off."})
public final class Evaluate implements Callable<Integer> {
  static final int DONE = 0;
  static final int BAD_INPUT = 2;
  static final int BROKE_OFF = 3;

  @Spec private CommandSpec spec;

  /** For picocli. */
  Evaluate() {}

  /** Runs the program. */
  public static void main(String[] args) {
    System.exit(commandLine(Subject::open).execute(args));
  }

  static CommandLine commandLine(Subject.Opener opener) {
    return new CommandLine(new Evaluate())
        .addSubcommand(new RunCommand(opener))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Evaluate::failed);
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: run, suites, page or compare");
  }

  /** A user's error needs its message only, anything else its stack trace. */
  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof IllegalArgumentException
        || failure instanceof UncheckedIOException
        || failure instanceof BackendException) {
      command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
      return BAD_INPUT;
    }
    if (failure instanceof RunInterruptedException) {
      command.getErr().println(failure.getMessage());
      return BROKE_OFF;
    }
    failure.printStackTrace(command.getErr());
    return BROKE_OFF;
  }
}
