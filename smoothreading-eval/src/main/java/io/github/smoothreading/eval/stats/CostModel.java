package io.github.smoothreading.eval.stats;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * The cost model T = L · (p + (g/c) · d), fitted to readings.
 *
 * <p>L · g/c is the number of tokens that were written one by one: accepted drafts cost no step of
 * their own and are read at the price of p. Errors are relative, so short and long readings count
 * alike.
 *
 * @param prefill p: seconds to read a token
 * @param decode d: seconds to write a token by a forward pass of its own
 * @param error mean relative error of the model on the readings it was fitted to
 * @param readings how many those were
 */
public record CostModel(Estimate prefill, Estimate decode, double error, int readings) {
  /**
   * One reading.
   *
   * @param tokens L
   * @param decoded tokens written one by one
   * @param seconds T
   */
  public record Sample(double tokens, double decoded, double seconds) {}

  /** Fits; empty where the readings do not tell p from d. */
  public static Optional<CostModel> fit(List<Sample> samples) {
    if (samples.size() < 4) {
      return Optional.empty();
    }
    double[][] x = new double[samples.size()][];
    double[] y = new double[samples.size()];
    for (int i = 0; i < y.length; i++) {
      Sample sample = samples.get(i);
      x[i] = new double[] {sample.tokens / sample.seconds, sample.decoded / sample.seconds};
      y[i] = 1;
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.setNoIntercept(true);
    regression.newSampleData(y, x);
    try {
      double[] beta = regression.estimateRegressionParameters();
      double[] errors = regression.estimateRegressionParametersStandardErrors();
      double t = new TDistribution(y.length - 2.0).inverseCumulativeProbability(0.975);
      double error = 0;
      for (double residual : regression.estimateResiduals()) {
        error += Math.abs(residual) / y.length;
      }
      return Optional.of(
          new CostModel(
              around(beta[0], t * errors[0]), around(beta[1], t * errors[1]), error, y.length));
    } catch (SingularMatrixException e) {
      return Optional.empty();
    }
  }

  private static Estimate around(double value, double half) {
    return new Estimate(value, value - half, value + half);
  }
}
