package io.github.smoothreading.eval;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the suites. */
@Command(name = "suites", mixinStandardHelpOptions = true, description = "Lists the suites.")
final class SuitesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (Suite suite : Suite.values()) {
      spec.commandLine().getOut().printf("%-12s %s%n", suite.title(), suite.about());
    }
    return Evaluate.DONE;
  }
}
