package dev.lockkeeper.reading;

import dev.lockkeeper.coder.ChartRepository;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRepository;
import dev.lockkeeper.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chart repositories that the operator's own helm knows, and which of them is whose. */
final class RepositoryReading {
  private RepositoryReading() {}

  static List<String> lines(Snapshot snapshot, Knowledge knowledge) {
    Optional<Helm> helm = snapshot.helm().value();
    if (helm.filter(Helm::own).isEmpty()) {
      return List.of(
          helm.isPresent()
              ? "you have no helm on this machine: look where you have one, with helm repo list"
              : "helm: " + snapshot.helm().reason());
    }
    Optional<List<HelmRepository>> known = helm.get().charts().repositories();
    if (known.isEmpty()) {
      return List.of("helm repo list was not read yet");
    }
    List<String> lines = new ArrayList<>();
    known.get().forEach(each -> lines.add(line(each, helm.get().repository())));
    return lines.isEmpty() ? List.of("your helm knows no repository") : lines;
  }

  private static String line(HelmRepository each, String wanted) {
    String what =
        each.isAt(wanted)
            ? "  ← the one"
            : ChartRepository.isOfV1(each.url())
                ? "  ← Coder v1"
                : ChartRepository.isOfV2(each.url()) ? "  ← Coder v2" : "";
    return "%s  %s%s".formatted(each.name(), each.url(), what);
  }
}
