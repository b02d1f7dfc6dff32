package io.github.smoothreading.benchmarks.search;

import java.util.Arrays;
import java.util.Random;

/**
 * The paired bootstrap: how sure the difference of two means over the same questions is.
 *
 * @param difference of the means
 * @param low 2.5 % quantile of the difference over resampled questions
 * @param high 97.5 % quantile
 */
record Bootstrap(double difference, double low, double high) {
  private static final int SAMPLES = 10_000;

  /** Of two lists of scores, question by question. */
  static Bootstrap of(double[] one, double[] other) {
    double[] differences = new double[one.length];
    for (int i = 0; i < one.length; i++) {
      differences[i] = one[i] - other[i];
    }
    Random random = new Random(1);
    double[] means = new double[SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[sample] = sum / differences.length;
    }
    Arrays.sort(means);
    double mean = Arrays.stream(differences).average().orElse(0);
    return new Bootstrap(mean, means[SAMPLES / 40], means[SAMPLES - 1 - SAMPLES / 40]);
  }
}
