package dev.lockkeeper.practice.coderd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The releases that the practice world can run: tag to release. */
public final class Releases {
  private final Map<String, Release> releases;

  private Releases(Map<String, Release> releases) {
    this.releases = Map.copyOf(releases);
  }

  /** Those in {@code releases.csv}. */
  public static Releases bundled() {
    Map<String, Release> releases = new HashMap<>();
    TextFiles.lines("releases.csv").stream()
        .skip(1)
        .map(line -> line.split(","))
        .forEach(
            cells -> releases.put(cells[0], new Release(cells[0], Integer.parseInt(cells[1]))));
    return new Releases(releases);
  }

  /** The versions of all of them, without the v. */
  public List<String> versions() {
    return releases.keySet().stream().map(tag -> tag.substring(1)).sorted().toList();
  }

  /** With moving tags: tag to the version that it means. */
  public Releases with(Map<String, String> tags) {
    Map<String, Release> more = new HashMap<>(releases);
    tags.forEach((tag, version) -> more.put(tag, releases.get(version)));
    return new Releases(more);
  }

  /** The release in an image such as {@code ghcr.io/coder/coder:v2.29.3}, if its tag is known. */
  public Optional<Release> of(String image) {
    String name = image.split("@")[0];
    return Optional.ofNullable(releases.get(name.substring(name.lastIndexOf(':') + 1)));
  }
}
