package io.github.smoothreading.eval.report;

import com.samskivert.mustache.Mustache;
import io.github.smoothreading.eval.result.Result;
import io.github.smoothreading.eval.result.Run;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page of a run.
 *
 * <p>The page needs no other file: style and plots (SVG) are in it. The plots also lie beside it as
 * PNG and SVG files, to be used elsewhere.
 */
public final class Report {
  private final Run run;
  private final List<Section> sections = new ArrayList<>();

  private Report(Run run) {
    this.run = run;
  }

  /** Puts the page of {@code run} together. */
  public static Report of(Run run) {
    Report report = new Report(run);
    List<Result> results = run.results();
    ScoreSections scores = new ScoreSections(results);
    scores.addTo(report.sections);
    EfficiencySection.of(report.named("efficiency")).ifPresent(report.sections::add);
    scores.misses().ifPresent(report.sections::add);
    return report;
  }

  private List<Result> named(String experiment) {
    return run.results().stream().filter(result -> result.experiment().equals(experiment)).toList();
  }

  /**
   * Writes {@code index.html} and the plots.
   *
   * @return the page
   * @throws UncheckedIOException if the folder cannot be written to
   */
  public Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      for (Section section : sections) {
        for (Plot plot : section.plots()) {
          plot.write(folder);
        }
      }
      Path page = folder.resolve("index.html");
      Files.writeString(page, html());
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the page cannot be written to '%s': %s".formatted(folder, e.getMessage()), e);
    }
  }

  private String html() throws IOException {
    try (InputStream in = Report.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new FileNotFoundException("page.html is not on the class path");
      }
      Reader template = new InputStreamReader(in, StandardCharsets.UTF_8);
      return Mustache.compiler().escapeHTML(true).compile(template).execute(content());
    }
  }

  private Map<String, Object> content() {
    Run.About about = run.about();
    return Map.of(
        "title",
            "%s: suite %s"
                .formatted(about.model().getOrDefault("name", "unknown model"), about.suite()),
        "command", about.command(),
        "started", about.started(),
        "readings", run.results().size(),
        "facts",
            List.of(
                facts("Model", about.model()),
                facts("Settings", about.settings()),
                facts("Machine", about.machine()),
                facts("Versions", about.versions())),
        "sections", sections.stream().map(Report::section).toList());
  }

  private static Map<String, Object> facts(String title, Map<String, String> facts) {
    return Map.of(
        "title",
        title,
        "text",
        facts.entrySet().stream()
            .map(fact -> fact.getKey() + ": " + fact.getValue())
            .collect(Collectors.joining("; ")));
  }

  private static Map<String, Object> section(Section section) {
    return Map.of(
        "title", section.title(),
        "paragraphs", section.paragraphs(),
        "tables",
            section.tables().stream()
                .map(
                    table ->
                        Map.of(
                            "headers",
                            table.headers(),
                            "rows",
                            table.rows().stream().map(cells -> Map.of("cells", cells)).toList()))
                .toList(),
        "plots",
            section.plots().stream()
                .map(plot -> Map.of("svg", plot.svg(), "name", plot.name()))
                .toList());
  }
}
