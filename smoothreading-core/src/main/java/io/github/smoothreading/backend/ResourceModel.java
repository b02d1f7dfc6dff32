package io.github.smoothreading.backend;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;

/**
 * A model whose files are class path resources; what a {@link ModelProvider} needs to keep its
 * promise.
 *
 * <p>Beside the files lies {@code manifest.json}, which names them:
 *
 * <pre>{@code
 * {"files": [{"name": "config.json", "size": 512, "sha256": "..."}, ...]}
 * }</pre>
 *
 * <p>Files that lie in a folder (a build directory) are used there. Files in a jar are extracted
 * once, checked by hash, to a folder named after the model and its manifest; a new version of the
 * model gets a new folder, and old ones may be deleted at any time when no reader is open.
 */
public final class ResourceModel {
  /** The system property that names the folder for extracted models. */
  public static final String CACHE_PROPERTY = "smoothreading.cache";

  private static final String MANIFEST = "manifest.json";

  private final String name;
  private final Class<?> anchor;
  private final String base;

  /**
   * A model's resources.
   *
   * @param name of the model: letters, digits, dots, hyphens
   * @param anchor a class in the same jar
   * @param base what stands in front of the file names, as {@link Class#getResource} takes it:
   *     {@code ""} for the anchor's own package, or a path such as {@code "/models/mine/"}
   */
  public ResourceModel(String name, Class<?> anchor, String base) {
    this.name = name;
    this.anchor = anchor;
    this.base = base;
  }

  /** Whether the resources are there. */
  public boolean exists() {
    return anchor.getResource(base + MANIFEST) != null;
  }

  /**
   * A folder with the model's files; see {@link ModelProvider#folder}.
   *
   * @throws BackendException if the files are missing, damaged or cannot be extracted; the message
   *     says what to do
   */
  public Path folder(Path cache) {
    URL url = anchor.getResource(base + MANIFEST);
    if (url == null) {
      throw new BackendException(
          "the jar of model '%s' holds no weights (resource %s%s beside %s is missing); use a released one, or name a model folder"
              .formatted(name, base, MANIFEST, anchor.getName()));
    }
    ModelManifest manifest;
    try (InputStream in = open(MANIFEST)) {
      manifest = ModelManifest.parse(name, in.readAllBytes());
    } catch (IOException e) {
      throw new BackendException("%s cannot be used: %s".formatted(url, e.getMessage()), e);
    }
    if (url.getProtocol().equals("file")) {
      return inPlace(url, manifest);
    }
    return new Extraction(manifest, this::open, url.toString()).into(cache);
  }

  private static Path inPlace(URL url, ModelManifest manifest) {
    Path folder = Path.of(URI.create(url.toString())).resolveSibling("");
    for (ModelManifest.Entry file : manifest.entries()) {
      long size = Disk.size(folder.resolve(file.name()));
      if (size != file.size()) {
        throw new BackendException(
            "%s in %s does not fit its manifest: %s instead of %d bytes; export the model again"
                .formatted(file.name(), folder, size < 0 ? "missing" : size, file.size()));
      }
    }
    return folder;
  }

  private InputStream open(String name) throws IOException {
    InputStream in = anchor.getResourceAsStream(base + name);
    if (in == null) {
      throw new IOException("the resource %s%s is missing".formatted(base, name));
    }
    return in;
  }

  /**
   * Where models are extracted to unless the user says otherwise: the system property {@value
   * #CACHE_PROPERTY}, else {@code smoothreading} in the user's cache folder ({@code
   * $XDG_CACHE_HOME} or {@code ~/.cache}; on macOS {@code ~/Library/Caches}, on Windows {@code
   * %LOCALAPPDATA%}).
   *
   * @throws BackendException if none is known
   */
  public static Path defaultCache() {
    return CacheFolder.of(System::getProperty, System::getenv);
  }
}
