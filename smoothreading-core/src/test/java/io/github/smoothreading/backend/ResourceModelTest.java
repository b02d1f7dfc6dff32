package io.github.smoothreading.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceModelTest {
  @TempDir Path temp;
  private Path cache;
  private ModelJar files;

  @BeforeEach
  void make() {
    cache = temp.resolve("cache").resolve("models");
    files = new ModelJar(temp.resolve("model.jar"));
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  @Test
  void aJarIsExtractedOnce() throws Exception {
    ResourceModel model = files.jar();
    assertThat(model.exists()).isTrue();
    Path folder = model.folder(cache);
    assertWhole(folder);
    assertThat(folder).hasParent(cache);
    assertThat(folder.getFileName().toString()).matches("tiny-[0-9a-f]{16}");
    FileTime time = Files.getLastModifiedTime(folder.resolve("config.json"));

    assertThat(files.model().folder(cache)).isEqualTo(folder);
    assertThat(Files.getLastModifiedTime(folder.resolve("config.json"))).isEqualTo(time);
    assertThat(names(cache))
        .containsExactly(folder.getFileName().toString(), folder.getFileName() + ".lock");
  }

  @Test
  void aFolderOfClassesIsUsedInPlace() throws Exception {
    try (ModelJar classes = new ModelJar(temp.resolve("my classes"))) {
      ResourceModel model = classes.classes();
      Path folder = model.folder(cache);
      assertThat(folder).startsWith(temp.resolve("my classes"));
      assertThat(folder.resolve("config.json")).hasBinaryContent(classes.files.get("config.json"));
      assertThat(cache).doesNotExist();

      Files.writeString(folder.resolve("config.json"), "{}");
      assertThatThrownBy(() -> model.folder(cache))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("config.json")
          .hasMessageContaining("2 instead of 13 bytes");
    }
  }

  @Test
  void anotherVersionGetsAnotherFolder() throws Exception {
    Path first = files.jar().folder(cache);
    try (ModelJar next = new ModelJar(temp.resolve("next.jar"))) {
      Path second = next.manifest(0, "version 2").jar().folder(cache);
      assertThat(second).isNotEqualTo(first);
      assertWhole(first);
      assertWhole(second);
    }
  }

  @Test
  void damagedAndLeftOverFilesAreRepaired() throws Exception {
    ResourceModel model = files.jar();
    Path folder = model.folder(cache);
    Path left = Files.createDirectory(cache.resolve(folder.getFileName() + ".part123"));
    Files.writeString(left.resolve("model.safetensors"), "half");
    Path other = Files.createDirectory(cache.resolve("another-model.part1"));

    Files.writeString(folder.resolve("model.safetensors"), "short");
    assertWhole(model.folder(cache));
    Files.delete(folder.resolve("config.json"));
    assertWhole(model.folder(cache));
    assertThat(left).doesNotExist();
    assertThat(other).exists();
    assertThat(names(cache)).hasSize(3);
  }

  @Test
  void aDamagedJarIsRefused() throws Exception {
    files.files.get("model.safetensors")[5]++;
    ResourceModel model = files.jar();
    assertThatThrownBy(() -> model.folder(cache))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("model.safetensors of model 'tiny' is damaged")
        .hasMessageContaining("model.jar");
    assertThat(names(cache)).as("nothing half done").allMatch(name -> name.endsWith(".lock"));
  }

  @Test
  void missingFilesAreNamed() throws Exception {
    files.files.remove("config.json");
    ResourceModel model = files.jar();
    assertThatThrownBy(() -> model.folder(cache))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("config.json is missing");

    ResourceModel empty = files.manifest("").jar();
    assertThat(empty.exists()).isFalse();
    assertThatThrownBy(() -> empty.folder(cache))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("holds no weights");
  }

  @Test
  void aManifestCannotLeadElsewhere() throws Exception {
    String file =
        "{\"files\": [{\"name\": \"%s\", \"size\": 1, \"sha256\": \"" + "0".repeat(64) + "\"}]}";
    for (String name : List.of("../evil", "/etc/passwd", "..", "", "a\\\\b", "a b")) {
      ResourceModel model = files.manifest(file.formatted(name)).jar();
      assertThatThrownBy(() -> model.folder(cache))
          .as(name)
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("not a plain file name");
    }
    for (String json : List.of("{", "{}", "{\"files\": []}", "{\"files\": [{\"name\": \"a\"}]}")) {
      ResourceModel model = files.manifest(json).jar();
      assertThatThrownBy(() -> model.folder(cache)).as(json).isInstanceOf(BackendException.class);
    }
  }

  @Test
  void tooLittleSpaceIsSaidBeforeWriting() throws Exception {
    ResourceModel model = files.manifest(1L << 60, "").jar();
    assertThatThrownBy(() -> model.folder(cache))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("2305843009217 MB")
        .hasMessageContaining(cache.toString())
        .hasMessageContaining("not enough space")
        .hasMessageContaining("MB are free there")
        .hasMessageContaining("-Dsmoothreading.cache=");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    ResourceModel model = files.jar();
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> model.folder(file.resolve("models")))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("model 'tiny' (4 MB) cannot be extracted")
        .hasMessageContaining("-Dsmoothreading.cache=");
  }

  @Test
  void threadsDoNotGetInEachOthersWay() throws Exception {
    ResourceModel model = files.jar();
    assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> model.folder(cache)).distinct())
        .hasSize(1);
    assertWhole(model.folder(cache));
  }

  @Test
  void processesDoNotGetInEachOthersWay() throws Exception {
    files.jar();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  Extract.class.getName(),
                  temp.resolve("model.jar").toString(),
                  cache.toString())
              .redirectErrorStream(true)
              .redirectOutput(new File(temp.toFile(), "out" + i))
              .start());
    }
    for (int i = 0; i < processes.size(); i++) {
      assertThat(processes.get(i).waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(processes.get(i).exitValue())
          .as(Files.readString(temp.resolve("out" + i)))
          .isZero();
    }
    assertWhole(files.model().folder(cache));
    assertThat(names(cache)).hasSize(2);
  }

  /** Another process that wants the model. */
  static final class Extract {
    public static void main(String[] args) throws Exception {
      try (ModelJar jar = new ModelJar(Path.of(args[0]))) {
        Path folder = jar.model().folder(Path.of(args[1]));
        if (Files.size(folder.resolve("model.safetensors")) != 3_000_000) {
          throw new IllegalStateException("not whole");
        }
      }
    }
  }

  private void assertWhole(Path folder) throws IOException {
    assertThat(names(folder)).containsExactlyElementsOf(files.files.keySet());
    for (Map.Entry<String, byte[]> file : files.files.entrySet()) {
      assertThat(Files.readAllBytes(folder.resolve(file.getKey()))).isEqualTo(file.getValue());
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
