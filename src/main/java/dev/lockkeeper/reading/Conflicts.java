package dev.lockkeeper.reading;

import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Deployment.FieldManager;
import dev.lockkeeper.snapshot.HelmRelease;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether an upgrade by Helm that applies on the server meets fields that are not Helm's. What this
 * program changes it gives back; what others changed, Helm takes over only when it is told so.
 */
final class Conflicts {
  private static final String FORCE = "--force-conflicts";

  private final boolean serverSide;
  private final Optional<List<FieldManager>> others;

  private Conflicts(boolean serverSide, Optional<List<FieldManager>> others) {
    this.serverSide = serverSide;
    this.others = others;
  }

  static Conflicts of(HelmRelease release, Deployment deployment) {
    return new Conflicts(release.serverSide(), deployment.besideHelm());
  }

  /** The word that Helm needs, if it needs it or if that is not known. */
  List<String> words() {
    return serverSide && !others.filter(List::isEmpty).isPresent() ? List.of(FORCE) : List.of();
  }

  /** Why the word is there; empty where it is not. */
  List<String> why() {
    return words().stream()
        .map(word -> others.map(Conflicts::told).orElse(word + ": who owns the image is not seen;"))
        .map(line -> line + " from then on Helm owns it again.")
        .toList();
  }

  private static String told(List<FieldManager> others) {
    return others.stream()
        .map(each -> each.name() + " owns " + String.join(", ", each.owns()))
        .collect(Collectors.joining("; ", FORCE + ": ", ";"));
  }
}
