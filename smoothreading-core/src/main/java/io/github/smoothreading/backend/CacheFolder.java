package io.github.smoothreading.backend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the folder for extracted models; see {@link ResourceModel#defaultCache()}. */
final class CacheFolder {
  private static final String NAME = "smoothreading";

  private CacheFolder() {}

  static Path of(
      Function<String, @Nullable String> properties,
      Function<String, @Nullable String> environment) {
    String set = properties.apply(ResourceModel.CACHE_PROPERTY);
    if (set != null && !set.isBlank()) {
      return Path.of(set).toAbsolutePath();
    }
    String os = String.valueOf(properties.apply("os.name")).toLowerCase(Locale.ROOT);
    String named = environment.apply(os.startsWith("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    if (named != null && Path.of(named).isAbsolute()) {
      return Path.of(named, NAME);
    }
    String home = properties.apply("user.home");
    if (home == null || !Path.of(home).isAbsolute() || !Files.isDirectory(Path.of(home))) {
      throw new BackendException(
          "this user has no home folder ('%s'), so there is no place for the model's files; name one with -D%s=/some/folder"
              .formatted(home, ResourceModel.CACHE_PROPERTY));
    }
    return os.startsWith("mac")
        ? Path.of(home, "Library", "Caches", NAME)
        : Path.of(home, ".cache", NAME);
  }
}
