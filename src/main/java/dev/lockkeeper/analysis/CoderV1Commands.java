package dev.lockkeeper.analysis;

import dev.lockkeeper.coder.CoderV1Chart;
import dev.lockkeeper.coder.CoderVersion;
import dev.lockkeeper.coder.Knowledge;
import dev.lockkeeper.snapshot.Deployment;
import dev.lockkeeper.snapshot.Helm;
import dev.lockkeeper.snapshot.HelmRelease;
import dev.lockkeeper.snapshot.Observed;
import dev.lockkeeper.snapshot.PinnedContext;
import dev.lockkeeper.snapshot.RunFacts;
import dev.lockkeeper.snapshot.ServiceAddress;
import dev.lockkeeper.snapshot.Snapshot;
import dev.lockkeeper.snapshot.ValuesFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an operator of a Coder v1 types, with the names as they are here.
 *
 * @param at context and namespace
 * @param release the Helm release
 * @param deployment the Deployment
 * @param values the file with the values
 */
public record CoderV1Commands(PinnedContext at, String release, String deployment, String values) {
  /** What is told with these names; that it is unknown while nobody knows where one is. */
  public static List<String> with(Snapshot snapshot, Function<CoderV1Commands, List<String>> told) {
    return snapshot
        .cluster()
        .value()
        .map(seen -> told.apply(of(seen.identity().pinned(), snapshot)))
        .orElseGet(() -> List.of("unknown: " + snapshot.cluster().reason()));
  }

  private static CoderV1Commands of(PinnedContext at, Snapshot snapshot) {
    Optional<Deployment> deployment = CoderV1Place.deployment(snapshot);
    String release =
        ReleaseLookup.of(snapshot)
            .release()
            .map(HelmRelease::name)
            .or(
                () ->
                    deployment.map(
                        seen ->
                            seen.metadata()
                                .labels()
                                .getOrDefault("app.kubernetes.io/instance", "coder")))
            .orElse("coder");
    return new CoderV1Commands(
        at, release, deployment.map(Deployment::name).orElse(CoderV1Chart.NAME), values(snapshot));
  }

  private static String values(Snapshot snapshot) {
    return snapshot
        .helm()
        .value()
        .flatMap(Helm::values)
        .map(ValuesFile::path)
        .orElse("current-values.yaml");
  }

  private static String version(Optional<CoderVersion> version) {
    return version.map(CoderV1Chart::spoken).orElse("<VERSION>");
  }

  /** Without {@code --atomic}, as Coder's later guide has it. */
  private String plain(String version) {
    return "$ "
        + at.helm("upgrade", release, "coder/coder", "--version", version, "--values", values);
  }

  /** As Coder's guide of 2021 has it. */
  private String atomic(String version) {
    return "$ "
        + at.helm(
            "upgrade",
            release,
            "coder/coder",
            "--install",
            "--atomic",
            "--wait",
            "--version",
            version,
            "--values",
            values);
  }

  /** The commands of both guides, and what the difference does (C57). */
  public static List<String> upgrade(Snapshot snapshot, Knowledge knowledge) {
    String target = version(CoderV1Path.of(snapshot).target());
    return with(snapshot, here -> here.upgrade(target));
  }

  private List<String> upgrade(String target) {
    return List.of(
        "Plain (the later guide):",
        "$ helm repo update",
        plain(target),
        "",
        "With --atomic (the guide of 2021):",
        atomic(target),
        "",
        "--atomic brings the old pods back when the new ones are not Ready in 5 min, but not the"
            + " old database: the old pods then run on a newer schema, or the migration is cut off"
            + " in the middle.",
        "Always name the version: without it, helm takes the newest one. And no --force: it"
            + " replaces objects as a whole.");
  }

  /** Where the migrations' log is (C63). */
  public static List<String> logs(Snapshot snapshot, Knowledge knowledge) {
    List<String> lines = new ArrayList<>();
    lines.add("Coder v1 migrates in the init container %s:".formatted(CoderV1Chart.MIGRATIONS));
    lines.addAll(with(snapshot, here -> List.of("$ " + here.log("deploy/" + here.deployment))));
    lines.addAll(CoderV1Logs.lines(snapshot));
    return lines;
  }

  private String log(String object) {
    return at.kubectl("logs", object, "-c", CoderV1Chart.MIGRATIONS);
  }

  /** Uninstall and install again (C60). */
  public static List<String> reinstall(Snapshot snapshot, Knowledge knowledge) {
    String target = version(CoderV1Path.of(snapshot).target());
    List<String> lines = new ArrayList<>(services(snapshot));
    snapshot
        .run()
        .recalled(RunFacts.HELM_ADDRESSES)
        .ifPresent(
            before -> lines.add("before: " + (before.isEmpty() ? "no public address" : before)));
    lines.addAll(AccessName.lines(snapshot));
    lines.add("");
    lines.addAll(with(snapshot, here -> here.reinstall(target)));
    return lines;
  }

  private List<String> reinstall(String target) {
    return List.of(
        "By hand:",
        "$ " + at.helm("uninstall", release),
        "$ " + at.kubectl("get", "deploy,pod,service,sa"),
        "$ " + at.helm("install", release, "coder/coder", "--version", target, "--values", values));
  }

  private static List<String> services(Snapshot snapshot) {
    Observed<List<ServiceAddress>> services =
        snapshot
            .cluster()
            .value()
            .map(each -> each.helm().services())
            .orElseGet(() -> Observed.unknown(snapshot.cluster().reason(), snapshot.now()));
    if (services.value().isEmpty()) {
      return List.of("services unknown: " + services.reason());
    }
    List<String> lines = new ArrayList<>();
    services.value().get().forEach(each -> lines.add("service " + each.spoken()));
    return lines.isEmpty() ? List.of("no service is left in this namespace") : lines;
  }
}
