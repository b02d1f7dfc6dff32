package io.github.smoothreading.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir Path home;

  @Test
  void thePropertyComesFirst() {
    assertThat(
            of(
                Map.of("smoothreading.cache", "/big/disk", "os.name", "Linux"),
                Map.of("XDG_CACHE_HOME", "/x")))
        .isEqualTo(Path.of("/big/disk"));
    assertThat(of(Map.of("smoothreading.cache", "here"), Map.of())).isAbsolute();
  }

  @Test
  void elseThePlatformsCacheFolder() {
    String user = home.toString();
    Map<String, String> linux =
        Map.of("os.name", "Linux", "user.home", user, "smoothreading.cache", " ");
    assertThat(of(linux, Map.of())).isEqualTo(home.resolve(".cache/smoothreading"));
    assertThat(of(linux, Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(Path.of("/x/smoothreading"));
    assertThat(of(linux, Map.of("XDG_CACHE_HOME", "relative")))
        .isEqualTo(home.resolve(".cache/smoothreading"));
    assertThat(of(Map.of("os.name", "Mac OS X", "user.home", user), Map.of()))
        .isEqualTo(home.resolve("Library/Caches/smoothreading"));
    assertThat(
            of(
                Map.of("os.name", "Windows 11", "user.home", user),
                Map.of("LOCALAPPDATA", "/local")))
        .isEqualTo(Path.of("/local/smoothreading"));
  }

  @Test
  void withoutHomeThePropertyIsAskedFor() {
    for (String user : new String[] {"?", "/does/not/exist"}) {
      assertThatThrownBy(() -> of(Map.of("os.name", "Linux", "user.home", user), Map.of()))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining(user)
          .hasMessageContaining("-Dsmoothreading.cache=");
    }
  }

  private static Path of(Map<String, String> properties, Map<String, String> environment) {
    return CacheFolder.of(properties::get, environment::get);
  }
}
