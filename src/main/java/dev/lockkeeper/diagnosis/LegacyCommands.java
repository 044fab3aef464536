package dev.lockkeeper.diagnosis;

import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.coder.LegacyChart;
import dev.lockkeeper.snapshot.Cluster;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ServiceAddress;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.ValuesFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an operator of a Coder v1 types, with the names as they are here.
 *
 * @param release the Helm release
 * @param namespace its namespace
 * @param deployment the Deployment
 * @param values the file with the values, as one word of a shell
 */
record LegacyCommands(String release, String namespace, String deployment, String values) {
  /** What needs no quotes in a shell. */
  private static final String PLAIN = "[A-Za-z0-9_@%+=:,./-]+";

  static LegacyCommands of(Snapshot snapshot) {
    Optional<Deployment> deployment = LegacyPlace.deployment(snapshot);
    String release =
        HelmSight.of(snapshot)
            .release()
            .map(HelmRelease::name)
            .or(
                () ->
                    deployment.map(
                        seen -> seen.labels().getOrDefault("app.kubernetes.io/instance", "coder")))
            .orElse("coder");
    return new LegacyCommands(
        release,
        snapshot.cluster().value().map(seen -> seen.identity().namespace()).orElse("coder"),
        deployment.map(Deployment::name).orElse(LegacyChart.NAME),
        values(snapshot));
  }

  private static String values(Snapshot snapshot) {
    return snapshot
        .helm()
        .value()
        .flatMap(Helm::values)
        .map(ValuesFile::path)
        .filter(path -> path.matches(PLAIN))
        .orElse("current-values.yaml");
  }

  private static String version(Optional<CoderVersion> version) {
    return version.map(LegacyChart::spoken).orElse("<VERSION>");
  }

  /** Without {@code --atomic}, as Coder's later guide has it. */
  private String plain(Optional<CoderVersion> version) {
    return "$ helm upgrade %s coder/coder -n %s --version %s --values %s"
        .formatted(release, namespace, version(version), values);
  }

  /** The commands of both guides, and what the difference does (C57). */
  static List<String> upgrade(Snapshot snapshot, Knowledge knowledge) {
    LegacyCommands here = of(snapshot);
    Optional<CoderVersion> target = LegacyPath.of(snapshot).target();
    return List.of(
        "Plain (the later guide):",
        "$ helm repo update",
        here.plain(target),
        "",
        "With --atomic (the guide of 2021):",
        "$ helm upgrade %s coder/coder -n %s --install --atomic --wait --version %s --values %s"
            .formatted(here.release, here.namespace, version(target), here.values),
        "",
        "--atomic puts the old pods back when they are not Ready in 5 min, and the database not: they"
            + " then meet a newer schema, or the migration is cut off in the middle.",
        "Name the version always: without it, helm takes the newest one. And no --force: it replaces"
            + " objects as a whole.");
  }

  /** Where the migrations' log is (C63). */
  static List<String> logs(Snapshot snapshot, Knowledge knowledge) {
    LegacyCommands here = of(snapshot);
    List<String> lines = new ArrayList<>();
    lines.add("Coder v1 migrates in the init container %s:".formatted(LegacyChart.MIGRATIONS));
    lines.add(
        "$ kubectl logs deploy/%s -n %s -c %s"
            .formatted(here.deployment, here.namespace, LegacyChart.MIGRATIONS));
    lines.addAll(LegacyLogs.lines(snapshot));
    return lines;
  }

  /** Uninstall and install again (C60). */
  static List<String> reinstall(Snapshot snapshot, Knowledge knowledge) {
    LegacyCommands here = of(snapshot);
    List<String> lines =
        new ArrayList<>(
            List.of(
                "By hand:",
                "$ helm uninstall %s -n %s".formatted(here.release, here.namespace),
                "$ kubectl get deploy,pod,service,sa -n %s".formatted(here.namespace),
                "$ helm install %s coder/coder -n %s --version %s --values %s"
                    .formatted(
                        here.release,
                        here.namespace,
                        version(LegacyPath.of(snapshot).target()),
                        here.values)));
    snapshot
        .run()
        .recalled(RunFacts.HELM_ADDRESSES)
        .ifPresent(
            before -> lines.add("before: " + (before.isEmpty() ? "no public address" : before)));
    lines.add("");
    lines.addAll(services(snapshot));
    return lines;
  }

  private static List<String> services(Snapshot snapshot) {
    Observed<List<ServiceAddress>> services =
        snapshot
            .cluster()
            .value()
            .map(Cluster::services)
            .orElseGet(() -> Observed.unknown(snapshot.cluster().reason(), snapshot.now()));
    if (services.value().isEmpty()) {
      return List.of("services unknown: " + services.reason());
    }
    List<String> lines = new ArrayList<>();
    services.value().get().forEach(each -> lines.add("service " + each.spoken()));
    return lines.isEmpty() ? List.of("no service is left in this namespace") : lines;
  }
}
