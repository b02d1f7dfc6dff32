package io.github.smoothreading.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fits find what the numbers were made from, and intervals hold it as often as they claim. */
class StatsTest {
  private static final double[] LENGTHS = {8192, 16_384, 32_768, 65_536, 131_072};

  @Test
  void growthFindsTheExponent() {
    for (double exponent : new double[] {1, 1.05, 2}) {
      double[] costs = new double[LENGTHS.length];
      for (int i = 0; i < costs.length; i++) {
        costs[i] = 0.003 * Math.pow(LENGTHS[i], exponent);
      }
      Growth growth = Growth.fit(LENGTHS, costs);
      assertThat(growth.exponent().value()).isEqualTo(exponent, within(1e-9));
      assertThat(growth.rSquare()).isEqualTo(1, within(1e-9));
    }
  }

  @Test
  void aGrowthFromTwoPointsIsRefused() {
    assertThatThrownBy(() -> Growth.fit(new double[] {1, 2}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCostModelFindsItsPrices() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<CostModel.Sample> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double tokens = 1000 + random.nextInt(60_000);
      double decoded = tokens * 0.05 * random.nextDouble();
      double noise = 1 + 0.02 * random.nextGaussian();
      samples.add(
          new CostModel.Sample(tokens, decoded, noise * (0.0015 * tokens + 0.02 * decoded)));
    }
    CostModel model = CostModel.fit(samples).orElseThrow();
    assertThat(model.prefill().value()).as("seed %d", seed).isEqualTo(0.0015, within(1e-4));
    assertThat(model.decode().value()).as("seed %d", seed).isEqualTo(0.02, within(2e-3));
    assertThat(model.error()).as("seed %d", seed).isBetween(0.005, 0.04);
  }

  @Test
  void readingsThatAreAllAlikeGiveNoCostModel() {
    CostModel.Sample same = new CostModel.Sample(1000, 10, 2);
    assertThat(CostModel.fit(List.of(same, same, same, same, same))).isEmpty();
    assertThat(CostModel.fit(List.of(same))).isEmpty();
  }

  @Test
  void bootstrapIntervalsHoldTheTruthAboutAsOftenAsTheyClaim() {
    Random random = new Random(5);
    int held = 0;
    int trials = 200;
    for (int i = 0; i < trials; i++) {
      double[] scores = new double[40];
      for (int j = 0; j < scores.length; j++) {
        scores[j] = random.nextDouble() < 0.7 ? 1 : 0;
      }
      held += Estimate.mean(scores).holds(0.7) ? 1 : 0;
    }
    assertThat((double) held / trials).isBetween(0.88, 0.99);
  }

  @Test
  void aMeanOfNothingIsNotANumber() {
    assertThat(Estimate.mean(new double[0]).value()).isNaN();
  }
}
