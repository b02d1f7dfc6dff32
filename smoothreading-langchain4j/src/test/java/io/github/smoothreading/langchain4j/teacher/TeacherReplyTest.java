package io.github.smoothreading.langchain4j.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smoothreading.summary.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of replies: what is forgiven, and what is not. */
class TeacherReplyTest {
  @Test
  void takesTheFormApart() {
    TeacherReply reply =
        TeacherReply.parse(
            "CLUES:\n"
                + "- One.\n"
                + "- \u201cTwo,\u201d she said.\n"
                + "REASON: Both say so.\n"
                + "ACTION: STOP\n"
                + "ANSWER: one and two");
    assertThat(reply.clues()).containsExactly("One.", "\u201cTwo,\u201d she said.");
    assertThat(reply.action()).isEqualTo(Action.STOP);
    assertThat(reply.answer()).contains("one and two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "**CLUES:**\n- One.\n**REASON:** x\n**ACTION:** READ",
        "**CLUES**:\n* One.\n**REASON**: x\n**ACTION**: **READ**",
        "## Clues:\n1. One.\n## Reason: x\n## Action: <READ>",
        "```\nCLUES:\n- One.\nREASON: x\nACTION: READ.\n```",
        "<think>CLUES: many?</think>\n\nCLUES: One.\nACTION: READ\nANSWER: none",
        "\n  CLUES:\r\n  - One.\r\n  REASON: x\r\n  ACTION: READ\r\n",
      })
  void forgivesDecoration(String reply) {
    TeacherReply parsed = TeacherReply.parse(reply);
    assertThat(parsed.clues()).containsExactly("One.");
    assertThat(parsed.action()).isEqualTo(Action.READ);
    assertThat(parsed.answer()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"- none", "none", "- None.", "- (none)", "", "- \"none\"", "-"})
  void noneIsNoClue(String none) {
    assertThat(TeacherReply.parse("CLUES:\n" + none + "\nACTION: READ").clues()).isEmpty();
  }

  @Test
  void aClueMayGoOnInTheNextLine() {
    assertThat(
            TeacherReply.parse("CLUES:\n- All keys\n  remain here.\n- Two.\nACTION: READ").clues())
        .containsExactly("All keys\nremain here.", "Two.");
    assertThat(TeacherReply.parse("CLUES: none\nACTION: STOP\nANSWER: green,\nochre").answer())
        .contains("green, ochre");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Of course!~CLUES:~- none~ACTION: READ | something stands before CLUES",
        "ACTION: READ | it has no CLUES",
        "CLUES:~- none | it has no ACTION",
        "CLUES:~- none~ACTION: READ~CLUES:~- none | CLUES stands behind ACTION",
        "CLUES:~- none~ACTION: READ~ACTION: STOP | ACTION stands behind ACTION",
        "CLUES:~- none~ACTION: READ or STOP | its ACTION is 'READ or STOP'",
        "CLUES:~- none~ACTION: | its ACTION is ''",
        "CLUES:~- none~ACTION: READ~I hope this helps. | its ACTION is 'READ I hope this helps.'",
        "CLUES:~- none~ACTION: STOP | it has STOP without an ANSWER",
      })
  void refusesAnythingElse(String reply, String problem) {
    assertThatThrownBy(() -> TeacherReply.parse(reply.replace("~", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }
}
