package io.github.smoothreading.eval.stats;

import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * A value with its 95 % confidence interval.
 *
 * @param value the estimate
 * @param low the interval's lower end
 * @param high its upper end
 */
public record Estimate(double value, double low, double high) {
  private static final int RESAMPLES = 5_000;

  /** Fixed, so that the same results give the same page. */
  private static final long SEED = 20_260_101;

  /**
   * The mean of {@code values}, with the percentile bootstrap interval. NaN throughout for no
   * values.
   */
  public static Estimate mean(double[] values) {
    return bootstrap(values, StatUtils::mean);
  }

  /**
   * Any statistic of {@code values}, with the percentile bootstrap interval. NaN throughout for no
   * values.
   */
  static Estimate bootstrap(double[] values, ToDoubleFunction<double[]> statistic) {
    if (values.length == 0) {
      return new Estimate(Double.NaN, Double.NaN, Double.NaN);
    }
    RandomGenerator random = new Well19937c(SEED);
    double[] resampled = new double[RESAMPLES];
    double[] sample = new double[values.length];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int j = 0; j < sample.length; j++) {
        sample[j] = values[random.nextInt(values.length)];
      }
      resampled[i] = statistic.applyAsDouble(sample);
    }
    Percentile percentile = new Percentile();
    percentile.setData(resampled);
    return new Estimate(
        statistic.applyAsDouble(values), percentile.evaluate(2.5), percentile.evaluate(97.5));
  }

  /** Whether the interval holds {@code number}. */
  public boolean holds(double number) {
    return low <= number && number <= high;
  }
}
