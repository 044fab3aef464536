package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.HelmRelease.Given;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.ValuesFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values that helm would get, with what may be shown of them. */
public final class ValuesReading {
  private static final int MOST = 40;

  private ValuesReading() {}

  public static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    ReleaseLookup sight = ReleaseLookup.of(snapshot);
    if (sight.release().isEmpty()) {
      return List.of("release unknown: " + sight.reason());
    }
    HelmRelease release = sight.release().get();
    Optional<HelmRelease.Values> values = OwnValues.read(release, snapshot);
    List<String> lines = new ArrayList<>();
    lines.add(source(release, snapshot));
    if (values.isEmpty()) {
      lines.add("the revision that has them was not read");
      return lines;
    }
    List<Given> given = values.get().given();
    given.stream()
        .limit(MOST)
        .forEach(each -> lines.add("  %s: %s".formatted(each.path(), each.shown())));
    if (given.size() > MOST) {
      lines.add("… and %d more".formatted(given.size() - MOST));
    }
    if (given.isEmpty()) {
      lines.add("nothing is set besides the chart's own");
    }
    return lines;
  }

  /** Whose they are. */
  static String source(HelmRelease release, Snapshot snapshot) {
    Optional<Helm> helm = snapshot.helm().value();
    Optional<ValuesFile> file = helm.flatMap(Helm::values);
    if (file.filter(each -> !each.usable()).isPresent()) {
      return "! %s: %s".formatted(file.get().path(), file.get().trouble());
    }
    String own =
        helm.map(each -> OwnValues.of(release, each, snapshot.run()))
            .map(each -> each.trouble().isEmpty() ? each.spoken() : each.trouble())
            .orElse("revision " + release.revision());
    return "helm gets the values of %s%s"
        .formatted(
            own,
            file.filter(each -> !each.edited())
                .map(each -> ", kept in %s: edit it, and helm gets it".formatted(each.path()))
                .orElse(""));
  }
}
