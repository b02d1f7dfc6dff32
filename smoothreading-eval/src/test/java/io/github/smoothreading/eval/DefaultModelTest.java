package io.github.smoothreading.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smoothreading.eval.result.Result;
import io.github.smoothreading.eval.result.Run;
import io.github.smoothreading.eval.result.RunFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The default model is evaluated with its own tokenizer, window and memory. */
class DefaultModelTest {
  @TempDir Path folder;

  @Test
  void needlesAreReadByTheDefaultModel() {
    StringWriter err = new StringWriter();
    CommandLine command = Evaluate.commandLine(Subject::open).setErr(new PrintWriter(err, true));
    int exit =
        command.execute(
            "run",
            "needles",
            "--lengths",
            "700",
            "--depths",
            "1",
            "--modes",
            "kept,full",
            "--out",
            folder.toString());
    assertThat(exit).as(err.toString()).isEqualTo(Evaluate.DONE);
    Run run = RunFolder.read(folder);
    assertThat(run.about().model()).containsEntry("window W", "2048").containsKey("fingerprint");
    assertThat(run.results()).hasSize(2 * 5).allMatch(Result::isRead);
    assertThat(run.results()).allMatch(result -> result.cost().stateBytes() > 0);
    assertThat(run.results())
        .filteredOn(result -> result.task().equals("several values"))
        .allSatisfy(result -> assertThat(result.cost().tokens()).isBetween(500L, 760L));
  }
}
