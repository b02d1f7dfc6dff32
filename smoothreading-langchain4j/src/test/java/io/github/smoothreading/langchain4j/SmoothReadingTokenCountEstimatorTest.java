package io.github.smoothreading.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counting with the reader's tokenizer; here a token is one character. */
class SmoothReadingTokenCountEstimatorTest {
  private final SmoothReadingTokenCountEstimator estimator =
      new SmoothReadingTokenCountEstimator(WordReader.open());

  @Test
  void countsTextsAndMessages() {
    assertThat(estimator.estimateTokenCountInText("")).isZero();
    assertThat(estimator.estimateTokenCountInText("hello")).isEqualTo(5);
    UserMessage user = UserMessage.from("hello");
    AiMessage calling =
        AiMessage.from(ToolExecutionRequest.builder().name("read").arguments("{}").build());
    assertThat(estimator.estimateTokenCountInMessage(calling)).isEqualTo(7);
    assertThat(
            estimator.estimateTokenCountInMessages(
                List.of(
                    user,
                    SystemMessage.from("be"),
                    AiMessage.from("hi"),
                    ToolExecutionResultMessage.from("1", "read", "done"))))
        .isEqualTo(5 + 2 + 2 + 4);
  }

  @Test
  void refusesWhatIsNoText() {
    assertThatThrownBy(
            () ->
                estimator.estimateTokenCountInMessage(
                    UserMessage.from(ImageContent.from("https://example.org/a.png"))))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("IMAGE");
  }
}
