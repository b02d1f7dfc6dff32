package io.github.smoothreading.benchmarks.search;

import io.github.smoothreading.lucene.GatheringOptions;
import io.github.smoothreading.summary.Capacity;

/** What the model is given. Model, round format, search and passages are the same in all. */
enum Condition {
  /** The hits and what lies around them, up to the budget. */
  READ_ON("reading on"),
  /** The best passages alone, as many as fit into one chunk. */
  FILL_C("top passages that fill C"),
  /** The best passages alone, as many as fit into the window. */
  FILL_W("top passages that fill W");

  final String title;

  Condition(String title) {
    this.title = title;
  }

  GatheringOptions gathering(Capacity capacity, GatheringOptions readOn) {
    return switch (this) {
      case READ_ON -> readOn;
      case FILL_C -> top(capacity.chunk());
      case FILL_W -> top(capacity.window());
    };
  }

  private static GatheringOptions top(int budget) {
    // Every document may come in: the ranking alone decides.
    return GatheringOptions.builder().budget(budget).documents(1000).neighbours(0).build();
  }
}
