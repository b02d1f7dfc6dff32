package io.github.smoothreading.langchain4j.teacher;

import io.github.smoothreading.langchain4j.teacher.Teaching.Cost;
import io.github.smoothreading.langchain4j.teacher.Teaching.Rule;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param accepted readings written
 * @param stoppedEarly of these, how many stopped before the end of their document
 * @param withoutAnswer of these, how many say that the text does not answer
 * @param refused readings refused, by rule; rules that refused none are missing
 * @param failed tasks for which the chat model threw an exception; the next run tries them again
 * @param skipped tasks left out, because the file or an earlier task has their id
 * @param cost requests, tokens and time of all readings, added up; those read at the same time
 *     count one by one
 * @param time from beginning to end of the run
 * @param ended why the run ended before its last task, if it did
 */
public record TeacherReport(
    int accepted,
    int stoppedEarly,
    int withoutAnswer,
    Map<Rule, Integer> refused,
    int failed,
    int skipped,
    Cost cost,
    Duration time,
    Optional<String> ended) {
  public TeacherReport {
    Map<Rule, Integer> ordered = new EnumMap<>(Rule.class);
    ordered.putAll(refused);
    refused = Collections.unmodifiableMap(ordered);
  }

  /** Share of accepted among accepted and refused readings; 0 if there is neither. */
  public double acceptanceRate() {
    int judged = accepted + refusals();
    return judged == 0 ? 0 : (double) accepted / judged;
  }

  /** Readings refused, by whichever rule. */
  public int refusals() {
    return refused.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The report in a few lines for people. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    lines.append(
        String.format(
            Locale.ROOT,
            "accepted %d of %d (%.1f %%): %d stopped early, %d without an answer%n",
            accepted,
            accepted + refusals(),
            100 * acceptanceRate(),
            stoppedEarly,
            withoutAnswer));
    refused.forEach(
        (rule, count) ->
            lines.append(
                "refused %d: %s%n"
                    .formatted(count, rule.name().toLowerCase(Locale.ROOT).replace('_', ' '))));
    lines.append("failed %d, skipped %d%n".formatted(failed, skipped));
    lines.append(
        "%d requests, %d tokens in, %d tokens out, %d s"
            .formatted(cost.requests(), cost.inputTokens(), cost.outputTokens(), time.toSeconds()));
    ended.ifPresent(why -> lines.append("%nended early: %s".formatted(why)));
    return lines.toString();
  }
}
