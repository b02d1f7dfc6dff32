package io.github.smoothreading.eval;

import io.github.smoothreading.eval.report.Report;
import io.github.smoothreading.eval.result.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the page of a run, finished or not. */
@Command(
    name = "page",
    mixinStandardHelpOptions = true,
    description = "Writes the page of a run that was done before, finished or not.")
final class PageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "A results.json, or the folder of a run.")
  private Path run = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "FOLDER",
      description = "Where to write index.html and the plots.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    Path page = Report.of(RunFolder.read(run)).write(folder);
    spec.commandLine().getOut().println("Page: " + page);
    return Evaluate.DONE;
  }
}
