package io.github.smoothreading.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.RuleReader;
import io.github.smoothreading.backend.Protocol;
import io.github.smoothreading.summary.RoundFormat.BadRoundException;
import io.github.smoothreading.summary.RoundFormat.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RoundFormatTest {
  private static final Protocol P = RuleReader.PROTOCOL;
  private final RuleReader rule = new RuleReader(512);
  private final RoundFormat format = new RoundFormat(rule.model(), rule.tokenizer());

  @RepeatedTest(30)
  void what_is_written_is_read_back(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<int[]> clues = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      clues.add(format.encode("clue | %d, a \"table\" | row <STOP>".formatted(i)));
    }
    int[] reason = format.encode("Because " + random.nextInt());
    int action = random.nextBoolean() ? P.read() : P.stop();
    int[] ids = Ids.join(format.clues(clues), Ids.of(P.reason()), reason, Ids.of(action));
    Written read = format.parse(ids);
    assertThat(read.clues()).usingRecursiveComparison().isEqualTo(clues);
    assertThat(read.reason()).isEqualTo(reason);
  }

  @Test
  void malformed_rounds_say_what_is_wrong() {
    int[] word = format.encode("word");
    int[] reason = Ids.of(P.reason());
    int[] read = Ids.of(P.read());
    bad("without <READ> or <STOP>", Ids.NONE);
    bad("without <READ> or <STOP>", Ids.join(word, reason, word, Ids.of(P.end())));
    bad("no reason", Ids.join(word, read));
    bad("two reasons", Ids.join(word, reason, word, reason, read));
    bad("clue behind its reason", Ids.join(reason, word, Ids.of(P.separator()), word, read));
    bad("empty clue", Ids.join(word, Ids.of(P.separator()), reason, word, read));
    bad("repeats the clue 'word'", Ids.join(word, Ids.of(P.separator()), word, reason, read));
  }

  private void bad(String problem, int[] ids) {
    assertThatThrownBy(() -> format.parse(ids))
        .isInstanceOf(BadRoundException.class)
        .hasMessageContaining(problem);
  }
}
