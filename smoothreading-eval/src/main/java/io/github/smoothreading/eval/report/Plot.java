package io.github.smoothreading.eval.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.IChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A chart, as PNG and as SVG.
 *
 * @param name of its files
 * @param chart what is drawn
 */
record Plot(String name, IChart chart) {
  private static final int DPI = 144;

  Plot {
    name = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  void write(Path folder) throws IOException {
    BitmapEncoder.saveBitmapWithDPI(chart, folder.resolve(name).toString(), BitmapFormat.PNG, DPI);
    Files.writeString(folder.resolve(name + ".svg"), svg());
  }

  /** An {@code svg} element with a size and a view box, so that a page can scale it. */
  String svg() {
    Document document =
        GenericDOMImplementation.getDOMImplementation()
            .createDocument("http://www.w3.org/2000/svg", "svg", null);
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(name);
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    Element root = graphics.getRoot();
    root.setAttribute("width", Integer.toString(chart.getWidth()));
    root.setAttribute("height", Integer.toString(chart.getHeight()));
    root.setAttribute("viewBox", "0 0 %d %d".formatted(chart.getWidth(), chart.getHeight()));
    StringWriter text = new StringWriter();
    try {
      graphics.stream(root, text, true, false);
    } catch (IOException e) {
      throw new IllegalStateException("a string writer does not fail", e);
    }
    String svg = text.toString();
    return svg.substring(svg.indexOf("<svg"));
  }
}
