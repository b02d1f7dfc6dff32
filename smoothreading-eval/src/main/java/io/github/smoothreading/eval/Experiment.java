package io.github.smoothreading.eval;

/** The parts of a suite. */
enum Experiment {
  NEEDLES("needles"),
  TASKS("tasks"),
  BENCHMARK("benchmark files"),
  ROBUSTNESS("robustness"),
  GRID("window and chunk"),
  EFFICIENCY("efficiency");

  private final String title;

  Experiment(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
