package io.github.smoothreading.eval.stats;

import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * How a cost grows with length: the exponent k of cost = a · length^k, by least squares on
 * logarithms.
 *
 * @param exponent 1 for linear, 2 for quadratic growth
 * @param rSquare how well the fit explains the costs, 0 to 1
 * @param points lengths measured
 */
public record Growth(Estimate exponent, double rSquare, int points) {
  private static final double LEVEL = 0.05;

  /**
   * Fits; costs and lengths are positive.
   *
   * @throws IllegalArgumentException for fewer than three points
   */
  public static Growth fit(double[] lengths, double[] costs) {
    if (lengths.length < 3 || lengths.length != costs.length) {
      throw new IllegalArgumentException(
          "%d lengths and %d costs; a growth needs three of each"
              .formatted(lengths.length, costs.length));
    }
    SimpleRegression fit = new SimpleRegression();
    for (int i = 0; i < lengths.length; i++) {
      fit.addData(Math.log(lengths[i]), Math.log(costs[i]));
    }
    double half = fit.getSlopeConfidenceInterval(LEVEL);
    double slope = fit.getSlope();
    return new Growth(
        new Estimate(slope, slope - half, slope + half), fit.getRSquare(), lengths.length);
  }
}
