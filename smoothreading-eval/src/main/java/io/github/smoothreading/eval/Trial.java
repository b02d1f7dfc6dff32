package io.github.smoothreading.eval;

import io.github.smoothreading.eval.task.Item;

/**
 * One reading to do.
 *
 * @param experiment the part of the suite
 * @param task what is asked
 * @param reader how it is read
 * @param item question, document, answers
 * @param alone whether nothing else may run meanwhile, because time and memory are the result
 */
record Trial(Experiment experiment, String task, ReaderSetup reader, Item item, boolean alone) {
  /** The same in every run of the same suite with the same settings. */
  String id() {
    return "%s/%s/%s/%s".formatted(experiment.title(), task, reader.name(), item.id());
  }

  double work() {
    return reader.work(item.tokens());
  }
}
