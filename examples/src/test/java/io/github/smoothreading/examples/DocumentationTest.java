package io.github.smoothreading.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation shows is compiled, and where it points there is something. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  @Test
  void javaIsTakenFromTheExamples() throws IOException {
    String examples = read(files("examples/src/main/java", ".java"));
    for (Path page : pages()) {
      JAVA.matcher(Files.readString(page))
          .results()
          .forEach(
              block ->
                  assertThat(unindented(examples))
                      .as(page + "")
                      .contains(unindented(block.group(1))));
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    for (Path page : pages()) {
      LINK.matcher(Files.readString(page))
          .results()
          .forEach(link -> assertThat(page.resolveSibling(link.group(1))).as(page + "").exists());
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = files("docs", ".md");
    assertThat(pages).isNotEmpty();
    return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.stream()).toList();
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static String read(List<Path> files) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      all.append(Files.readString(file)).append('\n');
    }
    return all.toString();
  }

  /** Lines without indentation, since a page shows what stands inside a method. */
  private static String unindented(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
  }
}
