package io.github.smoothreading.examples.ask;

import io.github.smoothreading.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as JSON; {@code seconds} is null where the speed is not known. */
record PlanJson(
    int window,
    int chunk,
    int round,
    int questionTokens,
    long chars,
    long tokens,
    long chunks,
    @Nullable Double seconds,
    long memoryBytes,
    List<String> warnings) {
  static PlanJson of(Plan plan) {
    return new PlanJson(
        plan.window(),
        plan.chunk(),
        plan.round(),
        plan.questionTokens(),
        plan.chars(),
        plan.tokens(),
        plan.chunks(),
        plan.expected().map(time -> time.toMillis() / 1000.0).orElse(null),
        plan.memoryBytes(),
        plan.warnings());
  }
}
