package io.github.smoothreading.eval.report;

import io.github.smoothreading.eval.result.Cost;
import io.github.smoothreading.eval.result.Result;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The kinds of plots a page has. */
final class Plots {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 380;

  /** Pixels between two labels, so that every depth has one. */
  private static final int TICKS = 20;

  /** From wrong to right; also told apart without colour vision by their lightness. */
  private static final Color[] SCORES = {
    new Color(0xB2182B),
    new Color(0xF4A582),
    new Color(0xFFF7D6),
    new Color(0x7FBF9A),
    new Color(0x1B7F4D)
  };

  private static final Color[] LINES = {
    new Color(0x1B6CA8),
    new Color(0xD1495B),
    new Color(0x3B8B5A),
    new Color(0x8A5A9E),
    new Color(0xE0A030),
    new Color(0x4A5667)
  };

  private Plots() {}

  /** Mean scores in per cent over two labels, the well-known picture. */
  static Plot heatMap(
      String name,
      String title,
      List<Result> results,
      String x,
      String xTitle,
      String y,
      String yTitle) {
    List<Double> columns =
        results.stream().map(result -> result.number(x, 0)).distinct().sorted().toList();
    List<Double> rows =
        results.stream().map(result -> result.number(y, 0)).distinct().sorted().toList();
    if (y.equals("depth")) {
      // The beginning of the document is at the top.
      rows = rows.reversed();
    }
    List<Number[]> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      for (int j = 0; j < rows.size(); j++) {
        double column = columns.get(i);
        double row = rows.get(j);
        double[] scores =
            ScoreSections.scores(
                results.stream()
                    .filter(result -> result.number(x, 0) == column && result.number(y, 0) == row)
                    .toList());
        if (scores.length > 0) {
          cells.add(new Number[] {i, j, Math.round(100 * StatUtils.mean(scores))});
        }
      }
    }
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title + ": score (%)")
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler());
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setPlotContentSize(1);
    chart.getStyler().setShowValue(true);
    chart.getStyler().setMin(0).setMax(100).setRangeColors(SCORES);
    chart.getStyler().setYAxisTickMarkSpacingHint(TICKS);
    chart.addSeries(
        "score",
        columns.stream().map(Numbers::length).toList(),
        rows.stream()
            .map(row -> row < 1 ? Numbers.format("%.2f", row) : Numbers.format("%.0f", row))
            .toList(),
        cells);
    return new Plot(name, chart);
  }

  /** Mean scores over lengths, a line for each reader. */
  static Plot scoreByLength(String name, String title, Map<String, List<Result>> byReader) {
    XYChart chart = lines(title, "score (%)");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(105.0);
    chart.getStyler().setYAxisDecimalPattern("0");
    byReader.forEach(
        (reader, results) ->
            addLine(chart, reader, results, at -> 100 * StatUtils.mean(ScoreSections.scores(at))));
    return new Plot(name, chart);
  }

  /**
   * Costs over lengths on logarithmic axes, a line for each reader: a slope of 1 is linear growth.
   */
  static Plot byLength(
      String name,
      String title,
      Map<String, List<Result>> byReader,
      String unit,
      ToDoubleFunction<Cost> cost) {
    XYChart chart = lines(title, unit);
    chart
        .getStyler()
        .setYAxisTickLabelsFormattingFunction(
            value -> Numbers.format(value < 3 ? "%.2f" : "%,.0f", Math.pow(2, value)));
    byReader.forEach(
        (reader, results) ->
            addLine(
                chart,
                reader,
                results,
                at -> log2(at.stream().map(Result::cost).mapToDouble(cost).average().orElse(1))));
    return new Plot(name, chart);
  }

  private static void addLine(
      XYChart chart, String reader, List<Result> results, ToDoubleFunction<List<Result>> value) {
    Map<Double, List<Result>> byLength =
        ScoreSections.sortedBy(results, result -> result.number("length", 0));
    double[] x = byLength.keySet().stream().mapToDouble(Plots::log2).toArray();
    double[] y = byLength.values().stream().mapToDouble(value).toArray();
    int color = chart.getSeriesCollection().size() % LINES.length;
    XYSeries series = chart.addSeries(reader, x, y);
    series.setLineColor(LINES[color]);
    series.setMarkerColor(LINES[color]);
  }

  /** Lengths double, so axes are logarithms to base 2: the charts' own label decades only. */
  private static double log2(double value) {
    return Math.log(Math.max(value, Double.MIN_NORMAL)) / Math.log(2);
  }

  /**
   * The length at a tick; ticks between doublings are told in hundreds, so that no two read the
   * same.
   */
  private static String length(double exponent) {
    double tokens = Math.pow(2, exponent);
    return Numbers.length(
        Math.abs(exponent - Math.rint(exponent)) < 1e-6
            ? Math.rint(tokens)
            : 100 * Math.rint(tokens / 100));
  }

  private static XYChart lines(String title, String unit) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("document (tokens)")
            .yAxisTitle(unit)
            .build();
    style(chart.getStyler());
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setXAxisTickLabelsFormattingFunction(Plots::length);
    chart.getStyler().setMarkerSize(6);
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    styler.setPlotGridLinesStroke(new BasicStroke(0.5f));
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleBoxVisible(false);
    styler.setPlotBorderVisible(false);
  }
}
